package dev.nanoctl.appliance;

import dev.nanoctl.appliance.agent.ServerService;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until every service of an instance is well, or says which is not and why. */
final class HealthWait {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int FAILURES = 3;

  private final Instance instance;
  private final BooleanSupplier database;
  private final ServerService server;
  private final BooleanSupplier interrupted;

  HealthWait(Instance instance, Services services, SiteConfig config, BooleanSupplier interrupted) {
    this.instance = instance;
    this.database =
        instance.external().isPresent()
            ? () -> instance.database().answers()
            : services.postgres()::healthy;
    this.server = services.server(config);
    this.interrupted = interrupted;
  }

  String await() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(server.healthy() && server.running().isPresent() && database.getAsBoolean())) {
      if (interrupted.getAsBoolean()) {
        return "";
      }
      for (String service : Layout.SERVICES) {
        if (failures(service) >= FAILURES) {
          throw failed(service, "ends again and again").raise();
        }
      }
      if (System.nanoTime() > deadline) {
        throw mute().raise();
      }
      Thread.sleep(PAUSE);
    }
    return "";
  }

  private Problem mute() {
    String what = "does not answer after %d s".formatted(PATIENCE.toSeconds());
    if (database.getAsBoolean()) {
      return failed("server", what);
    }
    return instance
        .external()
        .<Problem>map(external ->
            new Problem.Unavailable(
                "NC-DATABASE-UNREACHABLE",
                "the database %s %s".formatted(external.shown(), what),
                "nanoctl doctor looks closer"))
        .orElseGet(() -> failed("postgres", what));
  }

  private Problem failed(String service, String what) {
    return new Problem.Unavailable(
        service.equals("server") ? "NC-SERVER-FAILED" : "NC-POSTGRES-FAILED",
        "%s %s: %s".formatted(service, what, LogTail.lastLine(instance.layout().log(service))),
        "see nanoctl logs " + service);
  }

  private long failures(String service) {
    return seen(instance.layout())
        .object(service)
        .map(json -> json.integer("failures").orElse(0))
        .orElse(0L);
  }

  /** What the agent last wrote about the services. */
  static JsonObject seen(Layout layout) {
    try {
      return Json.parseObject(Files.readString(layout.status()));
    } catch (IOException | JsonSyntaxException | JsonTypeException e) {
      return JsonObject.EMPTY;
    }
  }
}
