package dev.nanoctl.core.site;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the first {@code nanoctl.yml} of an instance: what was chosen, and all else explained. */
public final class NewSite {
  private NewSite() {}

  /**
   * The text of a new file.
   *
   * @param chosen values by dotted key; every other key stands there as a comment with its default
   */
  public static ConfigText text(Map<String, String> chosen) {
    var yaml =
        new StringBuilder(
            """
            # The configuration of this nanoctl instance. Check it with `nanoctl config validate`.
            # A line that begins with # shows what holds without it. Secrets are not kept here.
            """);
    String section = "";
    for (ConfigKey<?> key : SiteKeys.all()) {
      String parent = key.name().substring(0, key.name().lastIndexOf('.'));
      openSections(yaml, section, parent);
      section = parent;
      yaml.append(line(key, parent.split("\\.").length, chosen.get(key.name())));
    }
    return new ConfigText(yaml.toString());
  }

  private static void openSections(StringBuilder yaml, String last, String parent) {
    String[] names = parent.split("\\.");
    for (int depth = 0; depth < names.length; depth++) {
      String path = String.join(".", Arrays.copyOf(names, depth + 1));
      if (!(last + ".").startsWith(path + ".")) {
        yaml.append(depth == 0 ? "\n" : "").append("  ".repeat(depth));
        yaml.append(names[depth]).append(":\n");
      }
    }
  }

  private static String line(ConfigKey<?> key, int depth, @Nullable String chosen) {
    String name = key.name().substring(key.name().lastIndexOf('.') + 1);
    String setting =
        chosen == null
            ? "# " + name + ": " + key.fallback()
            : name + ": " + ConfigText.written(chosen);
    return ConfigText.explained("  ".repeat(depth) + setting, "# " + key.meaning());
  }
}
