package dev.nanoctl.server.media.pack;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text out of packages, made fit for one line, one field or the database. */
final class Texts {
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}");

  private Texts() {}

  /** One line without control characters, at most so long. */
  static String line(String text, int most) {
    String line = text.replaceAll("[\\p{Cc}\\s]+", " ").strip();
    return cut(line, most);
  }

  /** The beginning of a text, never half a character. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }

  /** A BCP 47 tag in its usual spelling; empty for what is none or says "undetermined". */
  static Optional<String> languageTag(String text) {
    String tag = text.strip().replace('_', '-');
    if (!TAG.matcher(tag).matches()) {
      return Optional.empty();
    }
    Locale locale = Locale.forLanguageTag(tag);
    boolean known = !locale.getLanguage().isEmpty() && !locale.getLanguage().equals("und");
    return known ? Optional.of(locale.toLanguageTag()) : Optional.empty();
  }
}
