package dev.nanoctl.server.search.text;

import java.text.Normalizer;

/**
 * Brings the spellings of one word together: {@code Büro}, {@code Buero} and {@code Buro} all
 * become {@code buro}, {@code Straße} and {@code Strasse} become {@code strasse}.
 *
 * <p>The e of ae, oe and ue is dropped wherever it may stand for an umlaut. It stays after the
 * diphthongs au and eu and after q, so that {@code neue}, {@code Bauer} and {@code Quelle} keep
 * their shape. Elsewhere ({@code aktuell}) it is dropped as well, in texts and queries alike, which
 * costs nothing: a word is still found by itself and by its inflections.
 */
final class Folding {
  private Folding() {}

  /** The folded form of a lower-case word as German writes it. */
  static String german(String word) {
    return fold(word, true);
  }

  /** The folded form of a lower-case word without German's digraphs. */
  static String plain(String word) {
    return fold(word, false);
  }

  private static String fold(String word, boolean digraphs) {
    if (isAscii(word) && !(digraphs && mayHoldDigraph(word))) {
      return word;
    }
    StringBuilder out = new StringBuilder(word.length() + 4);
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (digraphs && c == 'e' && standsForUmlaut(out)) {
        continue;
      }
      append(out, c);
    }
    return out.toString();
  }

  /** Whether an e after what is written so far only marks an umlaut. */
  private static boolean standsForUmlaut(StringBuilder out) {
    int length = out.length();
    if (length == 0) {
      return false;
    }
    char last = out.charAt(length - 1);
    if (last == 'a' || last == 'o') {
      return true;
    }
    if (last != 'u') {
      return false;
    }
    char before = length > 1 ? out.charAt(length - 2) : ' ';
    return before != 'a' && before != 'e' && before != 'q';
  }

  private static void append(StringBuilder out, char c) {
    if (c < 0x80) {
      out.append(c);
      return;
    }
    switch (c) {
      case 'ä', 'æ' -> out.append('a');
      case 'ö', 'ø', 'œ' -> out.append('o');
      case 'ü' -> out.append('u');
      case 'ß' -> out.append("ss");
      case 'ł' -> out.append('l');
      case 'đ', 'ð' -> out.append('d');
      case 'þ' -> out.append("th");
      case 'ı' -> out.append('i');
      default -> appendWithoutMarks(out, c);
    }
  }

  private static void appendWithoutMarks(StringBuilder out, char c) {
    if (Character.isSurrogate(c)) {
      out.append(c);
      return;
    }
    String decomposed = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
    for (int i = 0; i < decomposed.length(); i++) {
      char part = decomposed.charAt(i);
      if (Character.getType(part) != Character.NON_SPACING_MARK) {
        out.append(Character.toLowerCase(part));
      }
    }
  }

  private static boolean isAscii(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayHoldDigraph(String word) {
    for (int i = 1; i < word.length(); i++) {
      char before = word.charAt(i - 1);
      if (word.charAt(i) == 'e' && (before == 'a' || before == 'o' || before == 'u')) {
        return true;
      }
    }
    return false;
  }
}
