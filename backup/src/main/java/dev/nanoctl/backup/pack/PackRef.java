package dev.nanoctl.backup.pack;

import dev.nanoctl.backup.crypto.Sealer;
import java.util.HexFormat;

/**
 * A pack as a manifest refers to it.
 *
 * @param id 32 hexadecimal digits: the salt of its key
 * @param size of the whole object, in bytes
 * @param indexSize of its sealed index, in bytes
 * @param blocks how many blocks it holds
 */
public record PackRef(String id, long size, int indexSize, int blocks) {
  private static final int DIGITS = 2 * Sealer.SALT;

  /** Refuses an id of another form. */
  public PackRef {
    if (!id.matches("[0-9a-f]{" + DIGITS + "}") || size <= indexSize || indexSize < 1) {
      throw new IllegalArgumentException("not a pack: " + id);
    }
  }

  /** Where it is in the repository. */
  public String key() {
    return key(id);
  }

  static String key(String id) {
    return "packs/" + id.substring(0, 2) + "/" + id;
  }

  byte[] salt() {
    return HexFormat.of().parseHex(id);
  }
}
