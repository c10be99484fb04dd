package dev.nanoctl.backup.crypto;

import java.util.random.RandomGenerator;

/** The 256 bits that everything in a repository is sealed, named and signed with. */
public final class MasterKey {
  /** In bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new key; the source must be a secure one outside of tests. */
  public static MasterKey generate(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /** The key of these 32 bytes, which are copied. */
  public static MasterKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a master key has 32 bytes, not " + bytes.length);
    }
    return new MasterKey(bytes.clone());
  }

  /** The key itself, for wrapping it only. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** A key for one use, of 32 bytes. */
  byte[] derive(byte[] salt, String use) {
    return Hkdf.derive(bytes, salt, "nanoctl/1 " + use, LENGTH);
  }

  /** Dots, never the key. */
  @Override
  public String toString() {
    return "••••••";
  }
}
