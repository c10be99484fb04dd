package dev.nanoctl.appliance.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Looks for secrets in texts: the values it was told, in every form they may be written in, and
 * what looks like a secret. A value is found across the ends of lines, too.
 */
public final class SecretScan {
  /** A shorter value is found only as a word of its own: it may well be part of another. */
  private static final int WORD = 8;

  private record Needle(String text, String what) {}

  private final List<Needle> needles = new ArrayList<>();
  private final List<Map.Entry<String, Pattern>> patterns = new ArrayList<>();

  /**
   * A search for these secrets.
   *
   * @param secrets their values, by the name that a hit is told with
   */
  public SecretScan(Map<String, Set<String>> secrets) {
    secrets.forEach((name, values) -> values.forEach(value -> add("the secret " + name, value)));
    patterns.addAll(SecretPatterns.all().entrySet());
  }

  private void add(String what, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (value.length() < WORD) {
      String word = "(?<![A-Za-z0-9_-])" + Pattern.quote(value) + "(?![A-Za-z0-9_-])";
      patterns.add(Map.entry(what, Pattern.compile(word)));
    }
    SecretForms.of(value)
        .forEach((text, form) -> {
          if (text.length() >= WORD) {
            needles.add(new Needle(text, form.isEmpty() ? what : what + " (" + form + ")"));
          }
        });
  }

  /** Every line of the text that must not leave the machine, in order; each line once. */
  public List<Hit> in(SupportFile file) {
    String[] lines = file.text().split("\r?\n|\r", -1);
    var starts = new int[lines.length];
    for (int i = 1; i < lines.length; i++) {
      starts[i] = starts[i - 1] + lines[i - 1].length();
    }
    var found = new TreeMap<Integer, String>();
    String joined = String.join("", lines);
    for (Needle needle : needles) {
      int at = joined.indexOf(needle.text());
      while (at >= 0) {
        found.putIfAbsent(lineOf(starts, at), needle.what());
        at = joined.indexOf(needle.text(), at + needle.text().length());
      }
    }
    for (int i = 0; i < lines.length; i++) {
      for (Map.Entry<String, Pattern> pattern : patterns) {
        if (pattern.getValue().matcher(lines[i]).find()) {
          found.putIfAbsent(i, pattern.getKey());
        }
      }
    }
    return found.entrySet().stream()
        .map(hit -> new Hit(file.name(), hit.getKey() + 1, hit.getValue()))
        .toList();
  }

  /** Of several lines that begin at the same place only the last one has any text. */
  private static int lineOf(int[] starts, int at) {
    int found = Arrays.binarySearch(starts, at);
    int line = found >= 0 ? found : -found - 2;
    while (line + 1 < starts.length && starts[line + 1] == at) {
      line++;
    }
    return line;
  }

  /** Every hit in any of the texts. */
  public List<Hit> in(List<SupportFile> files) {
    return files.stream().flatMap(file -> in(file).stream()).toList();
  }
}
