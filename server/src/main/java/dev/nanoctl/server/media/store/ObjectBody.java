package dev.nanoctl.server.media.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to store. What is said about them is checked before the object becomes visible.
 *
 * @param stream the bytes; the caller closes it
 * @param length how many there must be, or {@link #UNKNOWN}
 * @param sha256 what they must digest to, or null if the caller does not know
 */
public record ObjectBody(InputStream stream, long length, @Nullable Sha256 sha256) {
  /** The length of a stream whose end nobody knows yet. */
  public static final long UNKNOWN = -1;

  /** Refuses a length below zero other than {@link #UNKNOWN}. */
  public ObjectBody {
    if (length < UNKNOWN) {
      throw new IllegalArgumentException("a length is never below zero");
    }
  }

  /** Bytes in memory, checked for length and digest. */
  public static ObjectBody of(byte[] bytes) {
    return new ObjectBody(new ByteArrayInputStream(bytes), bytes.length, Sha256.of(bytes));
  }

  /** A stream of unknown length and digest. */
  public static ObjectBody of(InputStream stream) {
    return new ObjectBody(stream, UNKNOWN, null);
  }
}
