package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The containers of an instance as a whole: waited for, stopped, removed. */
public final class Containers {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int FAILURES = 3;

  private final DockerApi api;
  private final String instance;

  /** The containers of that instance. */
  public Containers(DockerApi api, String instance) {
    this.api = api;
    this.instance = instance;
  }

  /**
   * Waits until so many containers of each service are healthy.
   *
   * @param progress told what is still missing
   */
  public void await(
      Map<String, Integer> expected, Interruption interruption, Consumer<String> progress)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (List<String> missing = missing(expected);
        !missing.isEmpty() && !interruption.requested();
        missing = missing(expected)) {
      progress.accept("waiting for " + String.join(", ", missing));
      failures();
      if (System.nanoTime() > deadline) {
        throw failed(missing.getFirst(), "is not healthy after " + PATIENCE.toMinutes() + " min");
      }
      Thread.sleep(PAUSE);
    }
  }

  private List<String> missing(Map<String, Integer> expected) {
    List<Container> healthy = api.containers(instance).stream().filter(Container::healthy).toList();
    return expected.entrySet().stream()
        .filter(service ->
            healthy.stream().filter(c -> c.service().equals(service.getKey())).count()
                < service.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A container that ends again and again will not become healthy by waiting. */
  private void failures() {
    for (Container container : api.containers(instance)) {
      if (!container.runs()) {
        long restarts =
            api.find("/containers/" + container.id() + "/json")
                .map(seen -> seen.integer("RestartCount").orElse(0))
                .orElse(0L);
        if (restarts >= FAILURES) {
          throw failed(container.service(), "ends again and again");
        }
      }
    }
  }

  /** Why a service is not well, with the last line it logged. */
  ProblemException failed(String service, String what) {
    return new Problem.Unavailable(
            "NC-CONTAINER-FAILED",
            "%s %s: %s".formatted(service, what, lastLine(service)),
            "see nanoctl logs " + service)
        .raise();
  }

  private String lastLine(String service) {
    return api.containers(instance).stream()
        .filter(container -> container.service().equals(service))
        .map(container ->
            api.read(
                "/containers/" + container.id() + "/logs?stdout=1&stderr=1&tail=5", Frames::text))
        .flatMap(String::lines)
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(String::strip)
        .orElse("it gave no reason");
  }

  /** The services whose containers are not healthy now. */
  List<String> unhealthy() {
    return api.containers(instance).stream()
        .filter(Predicate.not(Container::healthy))
        .filter(container -> !container.state().equals("created"))
        .map(Container::service)
        .distinct()
        .toList();
  }

  /** Stops all: those that people talk to first, then those they need. */
  public void stop() {
    List<Container> all = api.containers(instance).stream().filter(Container::runs).toList();
    stop(all.stream().filter(container -> !DockerSite.DATA.contains(container.service())).toList());
    stop(all.stream().filter(container -> DockerSite.DATA.contains(container.service())).toList());
  }

  private void stop(List<Container> containers) {
    each(containers, container -> api.post("/containers/" + container.id() + "/stop"));
  }

  /** Does something with all of them at the same time; what fails for one is told at the end. */
  private static void each(List<Container> containers, Consumer<Container> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      containers.forEach(container -> all.add(threads.submit(() -> work.accept(container))));
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Removes all containers and networks that carry the instance's label, and what was left beside.
   *
   * @param inOrder whether they may finish what is under way; otherwise they are killed, because
   *     what they would write is removed, too
   */
  public void remove(boolean inOrder) {
    if (inOrder) {
      stop();
    }
    var all = new ArrayList<>(api.containers(instance));
    all.addAll(api.spares(instance));
    each(all, container -> api.delete("/containers/" + container.id() + "?force=1&v=1"));
    ((JsonArray) api.get("/networks?filters=" + DockerApi.labelled(instance)))
        .objects()
        .map(network -> network.text("Id").orElseThrow())
        .toList()
        .forEach(id -> api.delete("/networks/" + id));
  }

  /** What an engine says about one of them in full. */
  JsonObject inspect(Container container) {
    return api.find("/containers/" + container.id() + "/json").orElse(JsonObject.EMPTY);
  }
}
