package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.StatusReport;
import dev.nanoctl.appliance.support.SupportFile;
import dev.nanoctl.appliance.support.SupportFiles;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What other commands say about an instance with {@code --json}, as texts of a support bundle. */
public final class SupportFacts {
  private final Engine engine;
  private final DoctorCommand.Doctor doctor;
  private final DriftCommand.Drift drift;
  private final Backups backups;
  private final InstantSource clock;

  /** Asks what those commands ask. */
  public SupportFacts(
      Engine engine,
      DoctorCommand.Doctor doctor,
      DriftCommand.Drift drift,
      Backups backups,
      InstantSource clock) {
    this.engine = engine;
    this.doctor = doctor;
    this.drift = drift;
    this.backups = backups;
    this.clock = clock;
  }

  /** Adds status, checks and drift. */
  void collect(SiteFolder site, SupportFiles into) {
    into.take(
        "status.json",
        () -> {
          StatusReport report = engine.status(site);
          var config = new SiteConfigFile(site.config()).load();
          return text(json ->
              new StatusView(report, backups.health(site), config, clock.instant()).members(json));
        });
    into.take(
        "doctor.json",
        () -> text(json -> json.array("checks", doctor.examine(site), DoctorCommand::check)));
    into.take(
        "drift.json",
        () -> text(json -> json.array("files", drift.look(site), DriftCommand::file)));
  }

  /** What the instance is made of, the program, and the machine below. */
  static String versions(Map<String, String> parts) {
    return text(json ->
        json.field("nanoctl", Version.current())
            .field("java", System.getProperty("java.vm.version", ""))
            .field("system", System.getProperty("os.name", ""))
            .field("kernel", System.getProperty("os.version", ""))
            .field("machine", System.getProperty("os.arch", ""))
            .field("processors", Runtime.getRuntime().availableProcessors())
            .object("parts", o -> new TreeMap<>(parts).forEach(o::field)));
  }

  /** What is in the bundle, what is not and why, and when it was made. */
  static String contents(SupportFiles files, Instant now) {
    return text(json -> contents(json.field("at", now), files));
  }

  /** What is in the bundle, and what is not and why. */
  static void contents(JsonWriter json, SupportFiles files) {
    json.array("files", files.files(), SupportFacts::file)
        .array(
            "missing",
            files.missing(),
            (array, missing) ->
                array.object(o -> o.field("name", missing.name()).field("why", missing.why())));
  }

  private static void file(JsonWriter array, SupportFile file) {
    int bytes = file.text().getBytes(StandardCharsets.UTF_8).length;
    array.object(o -> o.field("name", file.name()).field("bytes", bytes));
  }

  private static String text(Consumer<JsonWriter> members) {
    return Json.pretty(json -> json.object(o -> members.accept(o.field("schema", 1))));
  }
}
