package dev.nanoctl.server.http;

import java.util.Locale;
import java.util.Optional;

/** The languages the product speaks. */
public enum Language {
  DE,
  EN;

  /** The text in this language. */
  public String pick(String german, String english) {
    return this == DE ? german : english;
  }

  /** The language tag: {@code de} or {@code en}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of a tag such as {@code en} or {@code de-AT}. */
  public static Optional<Language> ofTag(String tag) {
    String base = tag.strip().toLowerCase(Locale.ROOT);
    return base.equals("de") || base.startsWith("de-")
        ? Optional.of(DE)
        : base.equals("en") || base.startsWith("en-") ? Optional.of(EN) : Optional.empty();
  }

  /** What an {@code Accept-Language} header asks for; German when it asks for neither. */
  static Language accepted(Optional<String> header) {
    if (header.isEmpty()) {
      return DE;
    }
    Language best = DE;
    double bestWeight = 0;
    for (String part : header.get().split(",", 20)) {
      String[] pieces = part.split(";", 2);
      Optional<Language> language = ofTag(pieces[0]);
      double weight = pieces.length == 1 ? 1 : weight(pieces[1]);
      if (language.isPresent() && weight > bestWeight) {
        best = language.get();
        bestWeight = weight;
      }
    }
    return best;
  }

  private static double weight(String parameter) {
    String text = parameter.strip();
    try {
      return text.startsWith("q=") ? Double.parseDouble(text.substring(2)) : 1;
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
