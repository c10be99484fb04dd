package dev.nanoctl.backup;

import java.time.Instant;

/**
 * What a snapshot knows of a file besides its content.
 *
 * @param path relative, with {@code /}, without empty, {@code .} or {@code ..} elements
 * @param kind what it is
 * @param size in bytes; 0 unless it is a file
 * @param modified when it was last written, to the second
 * @param mode the nine permission bits, 0 to 0777
 * @param target where a link points; empty unless it is a link
 */
public record SourceFile(
    String path, Kind kind, long size, Instant modified, int mode, String target) {
  /** What can be in a snapshot. */
  public enum Kind {
    /** A regular file. */
    FILE,
    /** A directory, which may be empty. */
    DIRECTORY,
    /** A symbolic link. */
    LINK
  }

  private static final int MODES = 0777;

  /** Refuses what could not be restored, or would be restored elsewhere. */
  public SourceFile {
    if (!isPath(path)) {
      throw new IllegalArgumentException("not a relative path: " + path);
    }
    if (size < 0 || (kind != Kind.FILE && size != 0)) {
      throw new IllegalArgumentException(path + " cannot have " + size + " bytes");
    }
    if ((mode & ~MODES) != 0) {
      throw new IllegalArgumentException(path + " has more than permission bits: " + mode);
    }
    if ((kind == Kind.LINK) == target.isEmpty()) {
      throw new IllegalArgumentException(path + ": a link, and only a link, has a target");
    }
  }

  /** A regular file. */
  public static SourceFile file(String path, long size, Instant modified, int mode) {
    return new SourceFile(path, Kind.FILE, size, modified, mode, "");
  }

  /** A directory. */
  public static SourceFile directory(String path, Instant modified, int mode) {
    return new SourceFile(path, Kind.DIRECTORY, 0, modified, mode, "");
  }

  /** A symbolic link. */
  public static SourceFile link(String path, Instant modified, String target) {
    return new SourceFile(path, Kind.LINK, 0, modified, MODES, target);
  }

  private static boolean isPath(String path) {
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      return false;
    }
    for (String element : path.split("/", -1)) {
      if (element.isEmpty() || element.equals(".") || element.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
