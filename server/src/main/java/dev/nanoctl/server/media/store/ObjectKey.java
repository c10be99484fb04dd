package dev.nanoctl.server.media.store;

import java.util.regex.Pattern;

/**
 * The name of an object: up to eight segments of lower-case letters, digits, dots, dashes and
 * underscores, so that it means the same in a directory and in S3 and can never leave either.
 *
 * @param path the segments joined by slashes
 */
public record ObjectKey(String path) {
  private static final int LONGEST = 200;
  private static final Pattern SAFE =
      Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}(/[a-z0-9][a-z0-9._-]{0,99}){0,7}");

  /** Refuses a path that is not safe everywhere. */
  public ObjectKey {
    if (path.length() > LONGEST || !SAFE.matcher(path).matches()) {
      throw new IllegalArgumentException("not an object key: " + path);
    }
  }

  /** The content-addressed key of a package. */
  public static ObjectKey ofPackage(Sha256 sha256) {
    String hex = sha256.hex();
    return new ObjectKey("packages/" + hex.substring(0, 2) + "/" + hex);
  }

  @Override
  public String toString() {
    return path;
  }
}
