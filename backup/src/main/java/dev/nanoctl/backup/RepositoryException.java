package dev.nanoctl.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call of a {@link Repository} that failed, and why. */
public final class RepositoryException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why a call failed. */
  public enum Kind {
    /** The key exists with other content. */
    TAKEN,
    /** There is no such key. */
    MISSING,
    /** The store refuses: the account lacks a right, or the key is locked. */
    DENIED,
    /** Fewer or more bytes came than there should be. */
    DAMAGED,
    /** The store is full. */
    FULL,
    /** The store does not answer, or answers that it cannot now. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final String key;

  /**
   * A failure.
   *
   * @param key what it was about, or where the store is
   * @param why what was said or found
   */
  public RepositoryException(Kind kind, String key, String why, @Nullable Throwable cause) {
    super(key + ": " + why, cause);
    this.kind = kind;
    this.key = key;
  }

  /** A failure that nothing else caused. */
  public RepositoryException(Kind kind, String key, String why) {
    this(kind, key, why, null);
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** Whether content is lost: another store may have it, but to ask this one again is useless. */
  public boolean isLoss() {
    return kind == Kind.MISSING || kind == Kind.DAMAGED;
  }

  /** What it was about. */
  public String key() {
    return key;
  }
}
