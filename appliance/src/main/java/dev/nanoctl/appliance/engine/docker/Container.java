package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * A container of an instance, as the engine lists it.
 *
 * @param id of 64 hexadecimal digits
 * @param service what it does, such as {@code postgres}
 * @param number 1, and counted up where a service has several
 * @param project the Compose project it was made by
 * @param state such as {@code running} or {@code exited}
 * @param health what its check says, in the engine's words; empty without a check
 */
public record Container(
    String id, String service, int number, String project, String state, Optional<String> health) {
  /** The label that says which instance something belongs to. */
  public static final String INSTANCE = "dev.nanoctl.instance";

  /**
   * The label of a container beside an instance that is none of its services: its value is the
   * instance's id.
   */
  public static final String SPARE = "dev.nanoctl.spare";

  private static final String SERVICE = "dev.nanoctl.service";

  static Container of(JsonObject listed) {
    JsonObject labels = listed.object("Labels").orElse(JsonObject.EMPTY);
    return new Container(
        listed.text("Id").orElseThrow(),
        labels.text(SERVICE).or(() -> labels.text("com.docker.compose.service")).orElse("?"),
        labels.text("com.docker.compose.container-number").map(Integer::parseInt).orElse(1),
        labels.text("com.docker.compose.project").orElse(""),
        listed.text("State").orElse("").toLowerCase(Locale.ROOT),
        healthIn(listed.text("Status").orElse("")));
  }

  /** The list says it in words only: {@code Up 5 seconds (health: starting)}. */
  static Optional<String> healthIn(String status) {
    int open = status.lastIndexOf('(');
    if (open < 0 || !status.endsWith(")")) {
      return Optional.empty();
    }
    return switch (status.substring(open + 1, status.length() - 1)) {
      case "healthy" -> Optional.of("healthy");
      case "unhealthy" -> Optional.of("unhealthy");
      case "health: starting" -> Optional.of("starting");
      default -> Optional.empty();
    };
  }

  /** Whether it runs. */
  public boolean runs() {
    return state.equals("running");
  }

  /** Whether it runs, and its check, if it has one, is content. */
  public boolean healthy() {
    return runs() && health.map("healthy"::equals).orElse(true);
  }

  /** The short form of its id, as Docker's own programs show it. */
  public String shortId() {
    return id.substring(0, Math.min(12, id.length()));
  }
}
