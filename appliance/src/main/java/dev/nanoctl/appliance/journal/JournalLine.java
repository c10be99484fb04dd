package dev.nanoctl.appliance.journal;

import dev.nanoctl.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/**
 * One line of the journal.
 *
 * @param name the verb for {@link Event#BEGIN}, the outcome for {@link Event#END}, else the step
 * @param facts what the plan follows from; only with {@link Event#BEGIN}
 */
public record JournalLine(Event event, String name, JsonObject facts) {
  /** What can happen in an operation. */
  public enum Event {
    /** The operation began. */
    BEGIN,
    /** A step is about to be taken. */
    STEP,
    /** A step was taken. */
    DONE,
    /** From here on, everything is undone. */
    UNDOING,
    /** A step is about to be undone. */
    UNDO,
    /** A step was undone. */
    UNDONE,
    /** The operation came to its end. */
    END
  }

  JsonObject json(Instant at) {
    return JsonObject.builder()
        .put("at", at.toString())
        .put("event", event.name().toLowerCase(Locale.ROOT))
        .put("name", name)
        .put("facts", event == Event.BEGIN ? facts : null)
        .build();
  }

  static JournalLine parse(JsonObject line) {
    String event = line.text("event").orElse("").toUpperCase(Locale.ROOT);
    return new JournalLine(
        Event.valueOf(event),
        line.text("name").orElse(""),
        line.object("facts").orElse(JsonObject.EMPTY));
  }
}
