package dev.nanoctl.cli.output;

/** The sign a line begins with. */
public enum Glyph {
  /** A step that is done. */
  DONE("✓", Ink.GOOD),
  /** A step that failed. */
  FAILED("✗", Ink.BAD),
  /** A step that was undone. */
  UNDONE("↶", Ink.WARN),
  /** A step that is planned. */
  PLANNED("·", Ink.FAINT),
  /** Is well. */
  WELL("●", Ink.GOOD),
  /** Should be looked at. */
  WARNING("▲", Ink.WARN),
  /** Is broken. */
  BROKEN("✖", Ink.BAD),
  /** Does not run, on purpose. */
  IDLE("○", Ink.FAINT);

  private final String sign;
  private final Ink ink;

  Glyph(String sign, Ink ink) {
    this.sign = sign;
    this.ink = ink;
  }

  String sign() {
    return sign;
  }

  Ink ink() {
    return ink;
  }
}
