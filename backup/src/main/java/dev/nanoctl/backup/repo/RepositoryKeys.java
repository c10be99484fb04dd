package dev.nanoctl.backup.repo;

import java.util.regex.Pattern;

/** What a key of a repository may look like, so that every store can keep it. */
public final class RepositoryKeys {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}(/[a-z0-9][a-z0-9._-]{0,99}){0,7}");

  private RepositoryKeys() {}

  /**
   * The key, or {@link IllegalArgumentException} if it is none: one to eight elements parted by
   * slashes, each of at most 100 lower-case letters, digits, dots, dashes and underscores, the
   * first of them a letter or digit.
   */
  public static String require(String key) {
    if (!FORM.matcher(key).matches()) {
      throw new IllegalArgumentException("not a key of a repository: " + key);
    }
    return key;
  }
}
