package dev.nanoctl.cli.output;

import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What the other end of a stream can show.
 *
 * @param terminal whether a person looks at it
 * @param colour whether it shows colours
 * @param unicode whether it shows more than ASCII
 * @param columns how many characters fit a line, asked anew each time
 */
public record Screen(boolean terminal, boolean colour, boolean unicode, IntSupplier columns) {
  /** No line is wrapped where nobody looks. */
  public static final int ENDLESS = 100_000;

  private static final int NARROWEST = 20;

  /** A pipe or a file: plain lines. */
  public static Screen plain(Map<String, String> environment) {
    return new Screen(false, false, isUnicode(environment), () -> ENDLESS);
  }

  /** A terminal, as its environment describes it. */
  public static Screen terminal(Map<String, String> environment, IntSupplier columns) {
    String type = environment.getOrDefault("TERM", "dumb");
    boolean capable = !type.equals("dumb") && !type.isEmpty();
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(capable, capable && !plain, isUnicode(environment), columns);
  }

  /** How many characters fit a line. */
  public int width() {
    return Math.max(NARROWEST, columns.getAsInt());
  }

  private static boolean isUnicode(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "");
      if (!locale.isEmpty()) {
        String upper = locale.toUpperCase(java.util.Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }
}
