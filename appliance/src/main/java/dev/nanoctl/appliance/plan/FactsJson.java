package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.Ports;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.Engine;
import java.nio.file.Path;

/** Facts as they are written to the journal. */
public final class FactsJson {
  private FactsJson() {}

  /** An installation's facts. */
  public static JsonObject of(InstallFacts facts) {
    return JsonObject.builder()
        .put("instance", facts.instance())
        .put("found_site", facts.found().site())
        .put("found_config", facts.found().config())
        .put("found_data", facts.found().data())
        .put("found_account", facts.found().account())
        .put("config", facts.ordered().configText())
        .put("admin_email", facts.ordered().adminEmail())
        .put("ports", facts.ports().json())
        .put("account", facts.host().account())
        .put("supervision", facts.host().supervision().name())
        .put("unit", facts.unit().toString())
        .build();
  }

  /** An installation's facts, read back. */
  public static InstallFacts install(JsonObject json) {
    return new InstallFacts(
        text(json, "instance"),
        new Found(
            truth(json, "found_site"),
            truth(json, "found_config"),
            truth(json, "found_data"),
            truth(json, "found_account")),
        new InstallFacts.Ordered(text(json, "config"), text(json, "admin_email")),
        json.object("ports")
            .map(Ports::of)
            .orElseGet(() -> Ports.embedded((int) json.integer("postgres_port").orElseThrow())),
        new InstallFacts.Host(
            text(json, "account"), Supervision.valueOf(text(json, "supervision"))),
        Path.of(text(json, "unit")));
  }

  /** An uninstallation's facts. */
  public static JsonObject of(UninstallFacts facts) {
    return JsonObject.builder()
        .put("instance", facts.instance())
        .put("supervision", facts.supervision().name())
        .put("unit", facts.unit().toString())
        .put("account", facts.account().name())
        .put("own_account", facts.account().made())
        .put("external", facts.external())
        .put("purge", facts.purge())
        .build();
  }

  /** An uninstallation's facts, read back. */
  public static UninstallFacts uninstall(JsonObject json) {
    return new UninstallFacts(
        text(json, "instance"),
        Supervision.valueOf(text(json, "supervision")),
        Path.of(text(json, "unit")),
        new UninstallFacts.Account(text(json, "account"), truth(json, "own_account")),
        json.bool("external").orElse(false),
        truth(json, "purge"));
  }

  /** The facts of a move to containers. */
  public static JsonObject of(MigrateFacts facts) {
    return JsonObject.builder()
        .put("instance", facts.instance())
        .put("before", of(facts.before()))
        .put("after", of(facts.after()))
        .put("supervision", facts.supervision().name())
        .put("secrets", JsonArray.ofTexts(facts.secrets()))
        .put("data", JsonArray.ofTexts(facts.data()))
        .put("bundled_store", facts.bundledStore())
        .build();
  }

  private static JsonObject of(MigrateAction.Side side) {
    return JsonObject.builder()
        .put("config", side.configText())
        .put("ports", side.ports().json())
        .put("account", side.account())
        .build();
  }

  /** The facts of a move to containers, read back. */
  public static MigrateFacts migrate(JsonObject json) {
    return new MigrateFacts(
        text(json, "instance"),
        side(json.object("before").orElseThrow()),
        side(json.object("after").orElseThrow()),
        Supervision.valueOf(text(json, "supervision")),
        json.array("secrets").orElseThrow().texts(),
        json.array("data").orElseThrow().texts(),
        truth(json, "bundled_store"));
  }

  private static MigrateAction.Side side(JsonObject json) {
    return new MigrateAction.Side(
        text(json, "config"), Ports.of(json.object("ports").orElseThrow()), text(json, "account"));
  }

  /** The same facts, with the engine that they are about. */
  public static JsonObject with(JsonObject facts, Engine engine) {
    return with(facts, JsonObject.builder().put("engine", engine.name()).build());
  }

  /** The same facts, and more. */
  public static JsonObject with(JsonObject facts, JsonObject more) {
    var members = JsonObject.builder();
    facts.members().forEach(members::put);
    more.members().forEach(members::put);
    return members.build();
  }

  /** The engine that facts are about; the embedded one where they do not say. */
  public static Engine engine(JsonObject facts) {
    return facts.text("engine").map(Engine::valueOf).orElse(Engine.EMBEDDED);
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow();
  }

  private static boolean truth(JsonObject json, String name) {
    return json.bool(name).orElseThrow();
  }
}
