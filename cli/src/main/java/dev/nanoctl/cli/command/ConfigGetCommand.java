package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.SiteKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nanoctl config get KEY}. */
@Command(name = "get", description = "Print the value of one key.")
public final class ConfigGetCommand implements Runnable {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "KEY",
      completionCandidates = KeyNames.class,
      description = "Such as server.port.")
  private @Nullable String key;

  /** Reads the configuration of the instance that is meant. */
  public ConfigGetCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    if (key == null) {
      throw new IllegalStateException("not parsed");
    }
    String name = key;
    ConfigKeys.require(name);
    Map<String, String> set = invocation.configFile().text().values();
    String value = set.getOrDefault(name, SiteKeys.named(name).map(ConfigKey::fallback).orElse(""));
    if (invocation.output().wishes().json()) {
      invocation
          .output()
          .json(json ->
              json.field("key", name).field("value", value).field("set", set.containsKey(name)));
    } else {
      invocation.output().line(value);
    }
  }
}
