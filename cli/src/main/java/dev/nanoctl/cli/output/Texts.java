package dev.nanoctl.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** Measures, cuts and wraps text as a terminal shows it. */
final class Texts {
  private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

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

  /** Breaks text between words so that each line fits; a word that is longer stays whole. */
  static List<String> wrap(String text, int columns) {
    if (width(text) <= columns) {
      return List.of(text);
    }
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
        lines.add(withoutLooseDot(line));
        line.setLength(0);
        if (word.equals("·")) {
          continue;
        }
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(withoutLooseDot(line));
    return lines;
  }

  private static String withoutLooseDot(StringBuilder line) {
    String text = line.toString();
    return text.endsWith(" ·") ? text.substring(0, text.length() - 2) : text;
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
