package dev.nanoctl.backup.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/**
 * Names blocks by their content: the first 128 bits of HMAC-SHA-256, so that nobody without the key
 * can tell what a block holds. Not for several threads at once.
 */
public final class BlockIds {
  /** In bytes. */
  public static final int LENGTH = 16;

  private final Mac mac;
  private final byte[] buffer = new byte[2 * LENGTH];

  BlockIds(byte[] key) {
    this.mac = Hkdf.hmac(key);
  }

  /** The id of the bytes. */
  public BlockId of(byte[] bytes, int offset, int length) {
    mac.update(bytes, offset, length);
    try {
      mac.doFinal(buffer, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the buffer is long enough", e);
    }
    ByteBuffer id = ByteBuffer.wrap(buffer);
    return new BlockId(id.getLong(), id.getLong());
  }
}
