package dev.nanoctl.server.media.store;

/**
 * A part of an object.
 *
 * @param first the first byte wanted, counted from 0
 * @param last the last byte wanted, inclusive; a last byte beyond the end means the end
 */
public record ByteRange(long first, long last) {
  /** Refuses a range that is empty or begins before the object. */
  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("not a byte range: " + first + "-" + last);
    }
  }

  /** How many bytes an object of this size gives for the range. */
  public long lengthWithin(long size) {
    return Math.min(last, size - 1) - first + 1;
  }
}
