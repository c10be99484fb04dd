package dev.nanoctl.cli.drill;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What a drill found.
 *
 * @param id names it
 * @param target what was restored from where
 * @param times how long it took, and how much would have been lost
 */
public record DrillReport(String id, Target target, Times times, List<Check> checks) {
  /**
   * What was restored.
   *
   * @param site the site's name
   * @param place the target's address, for people
   * @param backup the backup's id
   * @param to the moment or the end that was restored to
   */
  public record Target(String site, String place, String backup, String to) {}

  /**
   * What was measured.
   *
   * @param at when the drill began
   * @param rpoSeconds how old the newest commit was, at most, that could be brought back
   * @param rtoSeconds how long it took until the restored site answered
   */
  public record Times(Instant at, long rpoSeconds, long rtoSeconds) {}

  /** One thing that was looked at. */
  public record Check(String name, boolean ok, String detail) {}

  /** Keeps its own copy. */
  public DrillReport {
    checks = List.copyOf(checks);
  }

  /** Whether everything was as it should be. */
  public boolean ok() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
  }

  /** Its facts, for programs. */
  public void members(JsonWriter json) {
    json.field("id", id)
        .field("ok", ok())
        .field("site", target.site())
        .field("target", target.place())
        .field("backup", target.backup())
        .field("restoredTo", target.to())
        .field("at", times.at())
        .field("rpoSeconds", times.rpoSeconds())
        .field("rtoSeconds", times.rtoSeconds())
        .array(
            "checks",
            checks,
            (array, check) ->
                array.object(o ->
                    o.field("name", check.name())
                        .field("ok", check.ok())
                        .field("detail", check.detail())));
  }

  /** The text that is signed. */
  byte[] bytes() {
    return Json.bytes(json -> json.object(o -> members(o.field("schema", 1))));
  }

  static DrillReport parse(byte[] bytes) {
    JsonObject json = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
    return new DrillReport(
        text(json, "id"),
        new Target(
            text(json, "site"),
            text(json, "target"),
            text(json, "backup"),
            text(json, "restoredTo")),
        new Times(
            Instant.parse(text(json, "at")),
            json.integer("rpoSeconds").orElseThrow(),
            json.integer("rtoSeconds").orElseThrow()),
        json.array("checks")
            .orElseThrow()
            .objects()
            .map(check ->
                new Check(
                    text(check, "name"), check.bool("ok").orElseThrow(), text(check, "detail")))
            .toList());
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow();
  }
}
