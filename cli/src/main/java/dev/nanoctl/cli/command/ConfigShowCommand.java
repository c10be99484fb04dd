package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Output;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl config show}. */
@Command(name = "show", description = "Show every key with its value.")
public final class ConfigShowCommand implements Runnable {
  private final Invocation invocation;

  @Option(names = "--help-keys", description = "Also say what each key means and what is allowed.")
  private boolean meanings;

  /** Shows the configuration of the instance that is meant. */
  public ConfigShowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    SiteConfigFile file = invocation.configFile();
    SiteConfig config = file.load();
    Map<String, String> set = file.text().values();
    Map<String, String> shown = shown(set);
    if (invocation.output().wishes().json()) {
      printJson(file, config, set, shown);
    } else {
      print(file, set, shown);
    }
  }

  private static Map<String, String> shown(Map<String, String> set) {
    var shown = new java.util.LinkedHashMap<String, String>();
    for (ConfigKey<?> key : SiteKeys.all()) {
      shown.put(key.name(), set.getOrDefault(key.name(), key.fallback()));
    }
    new TreeMap<>(set).forEach(shown::putIfAbsent);
    return shown;
  }

  private void printJson(
      SiteConfigFile file, SiteConfig config, Map<String, String> set, Map<String, String> shown) {
    invocation
        .output()
        .json(json ->
            json.field("path", file.path().toString())
                .field("url", config.url().toString())
                .array(
                    "keys",
                    shown.entrySet(),
                    (array, entry) ->
                        array.object(o ->
                            o.field("key", entry.getKey())
                                .field("value", entry.getValue())
                                .field("set", set.containsKey(entry.getKey())))));
  }

  private void print(SiteConfigFile file, Map<String, String> set, Map<String, String> shown) {
    Output output = invocation.output();
    output.heading(file.path().toString());
    output.gap();
    List<List<String>> pairs = new ArrayList<>();
    shown.forEach((name, value) -> {
      String text = value.isEmpty() ? "–" : value;
      pairs.add(List.of(name, set.containsKey(name) ? text : text + "  (default)"));
      if (meanings) {
        SiteKeys.named(name)
            .ifPresent(key -> {
              pairs.add(List.of("", key.meaning()));
              pairs.add(List.of("", "allowed: " + key.allowed()));
            });
      }
    });
    output.pairs(pairs);
  }
}
