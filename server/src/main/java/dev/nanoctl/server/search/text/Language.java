package dev.nanoctl.server.search.text;

import java.util.Locale;

/** The languages whose words are taken apart; all others are only folded. */
public enum Language {
  GERMAN('d'),
  ENGLISH('e'),
  OTHER('o');

  private final char code;

  Language(char code) {
    this.code = code;
  }

  /** One letter that stands for it in an index. */
  public char code() {
    return code;
  }

  /** The language that a letter stands for. */
  public static Language ofCode(char code) {
    return switch (code) {
      case 'd' -> GERMAN;
      case 'e' -> ENGLISH;
      default -> OTHER;
    };
  }

  /** The language of a BCP 47 tag such as {@code de-AT}. */
  public static Language of(String tag) {
    String primary = tag.toLowerCase(Locale.ROOT);
    int dash = primary.indexOf('-');
    return switch (dash < 0 ? primary : primary.substring(0, dash)) {
      case "de" -> GERMAN;
      case "en" -> ENGLISH;
      default -> OTHER;
    };
  }
}
