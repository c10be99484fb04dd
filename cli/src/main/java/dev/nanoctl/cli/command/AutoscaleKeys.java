package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The keys {@code docker.autoscale.*}, which the agent reads at every look. */
record AutoscaleKeys(Invocation invocation, Operations operations) {
  /** Writes all of them or none; they are in force within seconds. */
  SiteConfig.Autoscale write(Map<String, String> values) {
    SiteConfigFile file = invocation.configFile();
    requireContainers(file.load());
    var written = new AtomicReference<SiteConfig>(file.load());
    operations.exclusively(
        invocation.site(),
        "autoscale",
        () -> {
          ConfigText text = file.text();
          for (Map.Entry<String, String> value : values.entrySet()) {
            String key = "docker.autoscale." + value.getKey();
            text = text.with(key, value.getValue()).orElseThrow(() -> ConfigText.byHand(key));
          }
          written.set(file.write(text));
        });
    return written.get().docker().autoscale();
  }

  private static void requireContainers(SiteConfig config) {
    if (config.site().engine() != SiteConfig.Engine.DOCKER) {
      throw new Problem.Usage(
              "NC-NO-CONTAINERS",
              "this instance runs as processes of this machine, not as containers",
              "scaling needs --engine docker")
          .raise();
    }
  }

  /** What is in force. */
  static void told(Output output, SiteConfig.Autoscale now) {
    output.fact(
        json -> members(json, now),
        Row.of(now.enabled() ? Glyph.DONE : Glyph.IDLE, "autoscale", said(now)));
  }

  static void members(JsonWriter json, SiteConfig.Autoscale now) {
    json.field("enabled", now.enabled())
        .field("min", now.least())
        .field("max", now.most())
        .field("cpu", now.cpu());
  }

  static String said(SiteConfig.Autoscale now) {
    return now.enabled()
        ? "on · %d to %d containers at %d %%".formatted(now.least(), now.most(), now.cpu())
        : "off";
  }
}
