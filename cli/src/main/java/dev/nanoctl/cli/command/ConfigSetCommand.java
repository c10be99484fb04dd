package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigCheck;
import dev.nanoctl.core.site.ConfigKey;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nanoctl config set KEY VALUE}. */
@Command(
    name = "set",
    description = "Change one key; comments stay, and an invalid value changes nothing.")
public final class ConfigSetCommand implements Runnable {
  private final Invocation invocation;
  private final Operations operations;

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      completionCandidates = KeyNames.class,
      description = "Such as server.port.")
  private @Nullable String key;

  @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The new value.")
  private @Nullable String value;

  @Option(names = "--default", description = "Go back to the default instead.")
  private boolean fallback;

  @Option(names = "--plan", description = "Show what would change, and change nothing.")
  private boolean plan;

  /** Changes the configuration of the instance that is meant. */
  public ConfigSetCommand(Invocation invocation, Operations operations) {
    this.invocation = invocation;
    this.operations = operations;
  }

  @Override
  public void run() {
    if (key == null) {
      throw new IllegalStateException("not parsed");
    }
    String name = key;
    if (value == null == !fallback) {
      throw new Problem.Usage(
              "NC-USAGE",
              "config set needs a value, or --default, and not both",
              "nanoctl config set " + name + " VALUE")
          .raise();
    }
    ConfigKeys.require(name);
    if (plan) {
      change(name, true);
    } else {
      invocation.configFile().text();
      operations.exclusively(invocation.site(), "config set", () -> change(name, false));
    }
  }

  private void change(String name, boolean onlyShow) {
    SiteConfigFile file = invocation.configFile();
    ConfigText old = file.text();
    ConfigText changed = changed(old, name);
    SiteConfig config =
        switch (changed.check()) {
          case ConfigCheck.Valid(var valid) -> valid;
          case ConfigCheck.Invalid(var errors) -> throw file.invalid(errors).raise();
        };
    String before = shown(old, name);
    String after = shown(changed, name);
    boolean differs = !changed.equals(old);
    if (differs && !onlyShow) {
      file.write(changed);
    }
    // containers that need not change stay as they are; processes all begin anew
    String verb = config.site().engine() == SiteConfig.Engine.DOCKER ? "start" : "restart";
    print(name, before, after, differs, onlyShow ? "" : invocation.command(verb));
  }

  private ConfigText changed(ConfigText old, String name) {
    return (value == null ? old.without(name) : old.with(name, value))
        .orElseThrow(() -> ConfigText.byHand(name));
  }

  private static String shown(ConfigText text, String name) {
    return text.values()
        .getOrDefault(name, SiteKeys.named(name).map(ConfigKey::fallback).orElse(""));
  }

  /** The remedy is empty where nothing was to be changed in earnest. */
  private void print(String name, String before, String after, boolean differs, String remedy) {
    Output output = invocation.output();
    if (output.wishes().json()) {
      output.json(json ->
          json.field("key", name)
              .field("before", before)
              .field("after", after)
              .field("changed", differs && !remedy.isEmpty()));
    } else if (!differs) {
      output.row(Row.of(Glyph.DONE, name, "is " + after + " already"), 0);
    } else {
      Glyph glyph = remedy.isEmpty() ? Glyph.PLANNED : Glyph.DONE;
      output.row(new Row(glyph, name, orNothing(before) + " → " + orNothing(after), remedy), 0);
    }
  }

  private static String orNothing(String value) {
    return value.isEmpty() ? "nothing" : value;
  }
}
