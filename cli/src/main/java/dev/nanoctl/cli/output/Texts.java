package dev.nanoctl.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** Measures, cuts and wraps text as a terminal shows it. */
final class Texts {
  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

  private static final String DOT = " · ";

  private Texts() {}

  /** How many columns the text takes. */
  static int width(String text) {
    return ESCAPES.matcher(text).replaceAll("").codePoints().map(Texts::width).sum();
  }

  private static int width(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }

  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** The text without colours, cut so that it fits. */
  static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var kept = new StringBuilder();
    int taken = 0;
    for (int codePoint : text.codePoints().toArray()) {
      taken += width(codePoint);
      if (taken > columns - 1) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.append('…').toString();
  }

  /**
   * Breaks text so that each line fits, at the dots between phrases where there are some, else
   * between words; a word that is longer stays whole.
   */
  static List<String> wrap(String text, int columns) {
    if (width(text) <= columns) {
      return List.of(text);
    }
    var pieces = new ArrayList<String>();
    for (String phrase : text.split(DOT, -1)) {
      pieces.addAll(width(phrase) <= columns ? List.of(phrase) : words(phrase, columns));
    }
    return text.contains(DOT) ? packed(pieces, DOT, columns) : pieces;
  }

  private static List<String> words(String phrase, int columns) {
    return packed(List.of(phrase.split(" ", -1)), " ", columns);
  }

  /** As many pieces on a line as fit. */
  private static List<String> packed(List<String> pieces, String between, int columns) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(pieces.getFirst());
    for (String piece : pieces.subList(1, pieces.size())) {
      if (width(line.toString()) + width(between) + width(piece) > columns) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(piece);
      } else {
        line.append(between).append(piece);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** Control characters that came from elsewhere must not reach the terminal. */
  static String harmless(String text) {
    return text.codePoints().anyMatch(Texts::isHarmful)
        ? text.codePoints()
            .map(codePoint -> isHarmful(codePoint) ? '?' : codePoint)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : text;
  }

  private static boolean isHarmful(int codePoint) {
    return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
  }
}
