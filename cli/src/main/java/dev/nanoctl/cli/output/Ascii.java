package dev.nanoctl.cli.output;

/** Our own signs for terminals that show ASCII only; words of people stay as they are. */
final class Ascii {
  private Ascii() {}

  static String of(String text) {
    return text.replace('·', '-')
        .replace("…", "...")
        .replace("✓", "ok")
        .replace("✗", "x")
        .replace("✖", "x")
        .replace("●", "*")
        .replace("▲", "!")
        .replace("○", "o")
        .replace("↶", "<")
        .replace('–', '-')
        .replaceAll("[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]", "*");
  }
}
