package dev.nanoctl.backup.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
  private static final int HASH = 32;
  private static final int MOST = 255 * HASH;

  private Hkdf() {}

  /** Derives key material; an empty salt means as many zeros as the hash is long. */
  static byte[] derive(byte[] key, byte[] salt, String info, int length) {
    return expand(extract(key, salt), info.getBytes(StandardCharsets.UTF_8), length);
  }

  static byte[] extract(byte[] key, byte[] salt) {
    return hmac(salt.length == 0 ? new byte[HASH] : salt).doFinal(key);
  }

  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    if (length > MOST) {
      throw new IllegalArgumentException("HKDF gives at most " + MOST + " bytes");
    }
    Mac mac = hmac(pseudoRandomKey);
    byte[] material = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0, counter = 1; at < length; at += HASH, counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      System.arraycopy(block, 0, material, at, Math.min(HASH, length - at));
    }
    Arrays.fill(block, (byte) 0);
    return material;
  }

  /** HMAC-SHA-256, which every Java platform has. */
  static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
