package dev.nanoctl.cli.logs;

import dev.nanoctl.appliance.LogLine;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Shows a line of a log: JSON from nanoctl itself, or text from PostgreSQL. */
public record LogView(LogLine line) {
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** For people. */
  public String plain() {
    return parsed().map(this::readable).orElse(line.text());
  }

  /** For people who look at several services. */
  public String labelled() {
    return String.format(Locale.ROOT, "%-8s  %s", line.service(), plain());
  }

  /** For programs: one object on one line. */
  public String json() {
    return Json.text(json ->
        json.object(o -> {
          o.field("service", line.service()).field("time", line.at().orElse(null));
          parsed()
              .ifPresentOrElse(
                  object -> o.field("entry", object), () -> o.field("message", line.text()));
        }));
  }

  private Optional<JsonObject> parsed() {
    if (!line.text().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parseObject(line.text()));
    } catch (JsonSyntaxException | JsonTypeException _) {
      return Optional.empty();
    }
  }

  private String readable(JsonObject json) {
    try {
      var shown = new StringBuilder(line.at().map(SHOWN::format).orElse(""));
      json.text("level").ifPresent(level -> shown.append(' ').append(level));
      json.text("message").ifPresent(message -> shown.append("  ").append(message));
      for (String name : json.names()) {
        if (!name.equals("time") && !name.equals("level") && !name.equals("message")) {
          json.get(name)
              .ifPresent(
                  value -> shown.append("  ").append(name).append('=').append(Json.text(value)));
        }
      }
      return shown.toString();
    } catch (JsonTypeException _) {
      return line.text();
    }
  }
}
