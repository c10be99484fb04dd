package dev.nanoctl.server.media.pack;

/**
 * How large a package may be in every respect.
 *
 * @param packed bytes of the archive
 * @param entries entries of the archive
 * @param entry counted bytes of one file
 * @param unpacked counted bytes of all files
 * @param ratio how many times the archive's size the content may have
 */
public record PackageLimits(long packed, int entries, long entry, long unpacked, long ratio) {
  /** What the marketplace accepts. */
  public static final PackageLimits STANDARD =
      new PackageLimits(100L << 20, 2000, 50L << 20, 1L << 30, 100);

  /** Below this the ratio says nothing: a small file of repetitions harms nobody. */
  static final long RATIO_COUNTS_FROM = 1L << 20;
}
