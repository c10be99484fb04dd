package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one shape of every JSON answer. */
final class Envelope {
  private final InstantSource clock;

  Envelope(InstantSource clock) {
    this.clock = clock;
  }

  byte[] success(Answer.Content.Data content) {
    return Json.bytes(json ->
        json.object(o -> {
          o.field("success", true).name("data");
          content.data().accept(o);
          Consumer<JsonWriter> meta = content.meta();
          if (meta != null) {
            o.object("meta", meta);
          }
          o.field("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS));
        }));
  }

  byte[] failure(ApiException e, Language language) {
    return Json.bytes(json ->
        json.object(o ->
            o.field("success", false)
                .object("error", error -> error(error, e, language))
                .field("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS))));
  }

  private static void error(JsonWriter error, ApiException e, Language language) {
    error.field("code", e.error().name()).field("message", e.message(language)).name("details");
    @Nullable Consumer<JsonWriter> details = e.details();
    if (details != null) {
      details.accept(error);
      return;
    }
    error.array(
        e.fields(),
        (w, field) ->
            w.object(f ->
                f.field("field", field.field())
                    .field("code", field.code())
                    .field("message", field.message(language))));
  }
}
