package dev.nanoctl.core.site;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a site configuration: it can be checked, and changed without touching its comments.
 *
 * @param yaml as it is in the file
 */
public record ConfigText(String yaml) {
  private static final int WHY_COLUMN = 38;
  private static final Pattern LINE =
      Pattern.compile(
          "(?<indent> *)(?<off># )?(?<name>[a-z0-9_]+):(?<value>[^#]*)(?<why>(?<= )#.*)?");

  /** Reads and checks everything. */
  public ConfigCheck check() {
    return new ConfigReader(YamlEntries.read(yaml)).check();
  }

  /** The keys that are set, with their values as written; sections without any key are left out. */
  public Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    YamlEntries.read(yaml)
        .values()
        .forEach((key, value) -> {
          if (!value.text().isEmpty() || SiteKeys.named(key).isPresent()) {
            values.put(key, value.text());
          }
        });
    return values;
  }

  /** The line of a key, from 1; 0 if it is not set. */
  public int line(String key) {
    YamlEntries.Value value = YamlEntries.read(yaml).values().get(key);
    return value == null ? 0 : value.line();
  }

  /**
   * The same text with one value changed or added. Empty if that cannot be done without rewriting
   * more (a section written on one line, or a file that is not valid YAML).
   */
  public Optional<ConfigText> with(String key, String value) {
    YamlEntries entries = YamlEntries.read(yaml);
    YamlEntries.Value old = entries.values().get(key);
    Map<String, String> wanted = new HashMap<>(values());
    wanted.put(key, value);
    Optional<ConfigText> changed =
        old == null
            ? uncommented(key, value).or(() -> inserted(entries, key, value))
            : Optional.of(replaced(old, value));
    return changed.filter(text -> text.values().equals(wanted));
  }

  /** What is told where {@link #with} or {@link #without} cannot be done. */
  public static ProblemException byHand(String key) {
    return new Problem.Configuration(
            "NC-CONFIG-BY-HAND",
            key + " cannot be changed without rewriting more of the file",
            "nanoctl config edit")
        .raise();
  }

  /** The same text without the line that sets the key. Empty if that cannot be done. */
  public Optional<ConfigText> without(String key) {
    YamlEntries.Value old = YamlEntries.read(yaml).values().get(key);
    if (old == null) {
      return Optional.of(this);
    }
    Map<String, String> wanted = new HashMap<>(values());
    wanted.remove(key);
    String rest =
        yaml.substring(0, lineStart(old.line())) + yaml.substring(lineStart(old.line() + 1));
    return Optional.of(new ConfigText(rest)).filter(text -> text.values().equals(wanted));
  }

  private ConfigText replaced(YamlEntries.Value old, String value) {
    String gap = old.start() == old.end() ? " " : "";
    return new ConfigText(
        yaml.substring(0, old.start()) + gap + written(value) + yaml.substring(old.end()));
  }

  /** Brings a line of {@link NewSite} to life: {@code # port: 8080} under {@code server:}. */
  private Optional<ConfigText> uncommented(String key, String value) {
    String[] lines = yaml.split("\n", -1);
    var sections = new ArrayDeque<String>();
    var indents = new ArrayDeque<Integer>();
    for (int i = 0; i < lines.length; i++) {
      Matcher line = LINE.matcher(lines[i]);
      if (!line.matches()) {
        continue;
      }
      int indent = line.group("indent").length();
      while (!indents.isEmpty() && indents.getLast() >= indent) {
        indents.removeLast();
        sections.removeLast();
      }
      sections.addLast(line.group("name"));
      indents.addLast(indent);
      if (line.group("off") != null && isDefault(String.join(".", sections), key, line)) {
        String setting = line.group("indent") + line.group("name") + ": " + written(value);
        lines[i] =
            explained(setting, Objects.requireNonNullElse(line.group("why"), "")).stripTrailing();
        return Optional.of(new ConfigText(String.join("\n", lines)));
      }
    }
    return Optional.empty();
  }

  private static boolean isDefault(String path, String key, Matcher line) {
    return path.equals(key)
        && SiteKeys.named(key)
            .filter(known -> known.fallback().equals(line.group("value").strip()))
            .isPresent();
  }

  private Optional<ConfigText> inserted(YamlEntries entries, String key, String value) {
    String parent = key;
    while (!parent.isEmpty()) {
      parent = parent.substring(0, Math.max(0, parent.lastIndexOf('.')));
      YamlEntries.Section section = entries.sections().get(parent);
      YamlEntries.Value empty = entries.values().get(parent);
      String rest = parent.isEmpty() ? key : key.substring(parent.length() + 1);
      if (section != null) {
        return section.flow()
            ? Optional.empty()
            : Optional.of(insertedAfter(section.lastLine(), section.column(), rest, value));
      }
      if (empty != null) {
        return empty.text().isEmpty()
            ? Optional.of(insertedAfter(empty.line(), indent(empty.line()) + 2, rest, value))
            : Optional.empty();
      }
    }
    return entries.errors().isEmpty()
        ? Optional.of(insertedAfter(Integer.MAX_VALUE, 0, key, value))
        : Optional.empty();
  }

  private ConfigText insertedAfter(int line, int column, String path, String value) {
    int at = line == Integer.MAX_VALUE ? yaml.length() : lineStart(line + 1);
    var added = new StringBuilder(at > 0 && yaml.charAt(at - 1) != '\n' ? "\n" : "");
    int indent = column;
    String[] names = path.split("\\.", path.startsWith("settings.") ? 2 : 0);
    for (int i = 0; i < names.length - 1; i++) {
      added.append(" ".repeat(indent)).append(names[i]).append(":\n");
      indent += 2;
    }
    added.append(" ".repeat(indent)).append(names[names.length - 1]).append(": ");
    added.append(written(value)).append('\n');
    return new ConfigText(yaml.substring(0, at) + added + yaml.substring(at));
  }

  private int indent(int line) {
    int start = lineStart(line);
    int end = start;
    while (end < yaml.length() && yaml.charAt(end) == ' ') {
      end++;
    }
    return end - start;
  }

  private int lineStart(int line) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int next = yaml.indexOf('\n', at);
      if (next < 0) {
        return yaml.length();
      }
      at = next + 1;
    }
    return at;
  }

  /** The value as YAML: plain if it reads the same then, else in quotes. */
  static String written(String value) {
    YamlEntries read = YamlEntries.read("k: " + value + "\n");
    YamlEntries.Value plain = read.values().get("k");
    boolean same = plain != null && plain.text().equals(value) && read.errors().isEmpty();
    return same && !value.isEmpty() ? value : "'" + value.replace("'", "''") + "'";
  }

  /** A line with its explanation in a column of its own. */
  static String explained(String setting, String why) {
    String line = setting.stripTrailing();
    return line + " ".repeat(Math.max(1, WHY_COLUMN - line.length())) + why + "\n";
  }
}
