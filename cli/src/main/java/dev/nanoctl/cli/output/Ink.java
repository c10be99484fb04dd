package dev.nanoctl.cli.output;

/** The few colours, by what they mean. */
public enum Ink {
  /** All is well, or done. */
  GOOD("32"),
  /** Should be looked at. */
  WARN("33"),
  /** Is broken, or failed. */
  BAD("31"),
  /** Less important than what stands beside it. */
  FAINT("2"),
  /** More important than what stands beside it. */
  STRONG("1");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
