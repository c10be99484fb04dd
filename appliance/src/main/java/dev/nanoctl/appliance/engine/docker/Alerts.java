package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import java.util.List;

/** The alerts that fire now, as the instance's Alertmanager holds them. */
final class Alerts {
  static final String SERVICE = "alertmanager";

  private static final List<String> ASK =
      List.of(
          "amtool",
          "alert",
          "query",
          "--alertmanager.url=http://127.0.0.1:9093",
          "--timeout=3s",
          "--output=json");

  private final DockerApi api;

  Alerts(DockerApi api) {
    this.api = api;
  }

  /** Each with the command that mends it; none where there is no Alertmanager that answers. */
  List<Problem> firing(List<Container> containers) {
    try {
      return containers.stream()
          .filter(container -> container.service().equals(SERVICE) && container.healthy())
          .flatMap(container -> parse(api.exec(container.id(), ASK)).stream())
          .toList();
    } catch (ProblemException e) {
      return List.of(); // it ended in this very moment; its own line says so
    }
  }

  /** What it says, silenced and inhibited alerts left out. */
  static List<Problem> parse(String json) {
    try {
      return ((JsonArray) Json.parse(json)).objects().map(Alerts::problem).toList();
    } catch (JsonSyntaxException | ClassCastException e) {
      return List.of();
    }
  }

  private static Problem problem(JsonObject alert) {
    JsonObject labels = alert.object("labels").orElse(JsonObject.EMPTY);
    JsonObject notes = alert.object("annotations").orElse(JsonObject.EMPTY);
    String name = labels.text("alertname").orElse("an alert");
    return new Problem.NotWell(
        "NC-ALERT",
        name + notes.text("summary").map(text -> ": " + text).orElse(""),
        notes.text("fix").orElse("nanoctl doctor"));
  }
}
