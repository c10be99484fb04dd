package dev.nanoctl.server.media.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 digest.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {
  private static final int DIGITS = 64;

  /** Refuses anything that is not 64 lower-case hexadecimal digits. */
  public Sha256 {
    if (!isValid(hex)) {
      throw new IllegalArgumentException("not a sha-256 in lower-case hexadecimal digits");
    }
  }

  /** Whether the text is 64 lower-case hexadecimal digits. */
  public static boolean isValid(String text) {
    return text.length() == DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The digest of the bytes. */
  public static Sha256 of(byte[] bytes) {
    return finish(digest(), bytes);
  }

  /** An empty digest to feed. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The value of a digest that was fed; the digest starts anew. */
  public static Sha256 finish(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  private static Sha256 finish(MessageDigest digest, byte[] bytes) {
    digest.update(bytes);
    return finish(digest);
  }

  /** The digest in Base64, as {@code Repr-Digest} and S3 checksums write it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  @Override
  public String toString() {
    return hex;
  }
}
