package dev.nanoctl.core.site;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A YAML file of nothing but keys and plain values, flattened to dotted keys.
 *
 * @param values by dotted key, in the order of the file
 * @param errors what is not a mapping of keys to plain values, each with its line
 */
public record FlatYaml(Map<String, Value> values, List<ConfigError> errors) {
  /**
   * A value.
   *
   * @param text as it stands there, without quotes; empty for nothing
   * @param line of its key, counted from 1
   */
  public record Value(String text, int line) {}

  /** Reads a text; what is wrong with it is listed, not thrown. */
  public static FlatYaml read(String yaml) {
    YamlEntries entries = YamlEntries.read(yaml);
    var values = new LinkedHashMap<String, Value>();
    entries
        .values()
        .forEach((key, value) -> values.put(key, new Value(value.text(), value.line())));
    return new FlatYaml(values, List.copyOf(entries.errors()));
  }
}
