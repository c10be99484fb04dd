package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Meilisearch was asked to write and has only queued: a write that was accepted may still fail
 * later, and nobody tells. So every task is looked at until it is done.
 */
final class MeiliTasks {
  private static final Logger LOG = LoggerFactory.getLogger(MeiliTasks.class);
  private static final int AT_ONCE = 100;
  private static final long SHORTEST_LOOK_MILLIS = 5;
  private static final long LONGEST_LOOK_MILLIS = 200;
  private static final int MOST_FAILURES = 100;

  private final MeiliHttp http;
  private final NavigableSet<Integer> pending = new ConcurrentSkipListSet<>();
  private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();

  MeiliTasks(MeiliHttp http) {
    this.http = http;
  }

  /** A task that failed: its number, the code of the error and what it says. */
  record Failure(int task, String code, String message) {}

  /** Follows a task of which nobody waits for the end. */
  void follow(int task) {
    pending.add(task);
  }

  boolean areAnyPending() {
    return !pending.isEmpty();
  }

  /** Looks which of the followed tasks are done; the ones that failed. */
  List<Failure> look() {
    List<Failure> failed = new ArrayList<>();
    boolean more = true;
    while (more && !pending.isEmpty()) {
      Set<Integer> asked = pending.stream().limit(AT_ONCE).collect(Collectors.toSet());
      String uids = asked.stream().map(String::valueOf).collect(Collectors.joining(","));
      Set<Integer> open = new HashSet<>();
      http.get("/tasks?limit=" + AT_ONCE + "&uids=" + uids)
          .body()
          .array("results")
          .orElseThrow()
          .objects()
          .forEach(task -> {
            if (isOpen(task)) {
              open.add(number(task));
            }
            failure(task).ifPresent(failed::add);
          });
      // a task that the server does not know any more is not waited for either
      asked.removeAll(open);
      pending.removeAll(asked);
      more = !asked.isEmpty();
    }
    failed.forEach(failure -> {
      LOG.error(
          "the search engine accepted a change and failed to make it, in task {}: {}: {}",
          failure.task(),
          failure.code(),
          failure.message());
      if (failures.size() < MOST_FAILURES) {
        failures.add(failure);
      }
    });
    return failed;
  }

  /** Waits until what is followed now is done; the failures since the last time. */
  List<Failure> settle(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Integer last = pending.isEmpty() ? null : pending.last();
    long pause = SHORTEST_LOOK_MILLIS;
    while (last != null && !pending.headSet(last, true).isEmpty()) {
      look();
      if (!pending.headSet(last, true).isEmpty()) {
        pause = pause(pause, end);
      }
    }
    List<Failure> taken = new ArrayList<>();
    for (Failure one = failures.poll(); one != null; one = failures.poll()) {
      taken.add(one);
    }
    return taken;
  }

  /** Waits for the end of one task; how it failed, if it did. */
  Optional<Failure> await(int task, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    long pause = SHORTEST_LOOK_MILLIS;
    while (true) {
      JsonObject state = http.getPatiently("/tasks/" + task).body();
      if (!isOpen(state)) {
        return failure(state);
      }
      pause = pause(pause, end);
    }
  }

  private static long pause(long millis, long end) {
    if (System.nanoTime() - end > 0) {
      throw slow();
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw slow();
    }
    return Math.min(LONGEST_LOOK_MILLIS, millis * 2);
  }

  private static ProblemException slow() {
    return new Problem.Unavailable(
            "NC-SEARCH-SLOW",
            "the search engine has not made the changes in time; it goes on with them",
            "wait, and look whether the machine has too little memory or a slow disk")
        .raise();
  }

  private static int number(JsonObject task) {
    return Math.toIntExact(task.integer("uid").orElseThrow());
  }

  private static boolean isOpen(JsonObject task) {
    String status = task.text("status").orElse("");
    return status.equals("enqueued") || status.equals("processing");
  }

  private static Optional<Failure> failure(JsonObject task) {
    return switch (task.text("status").orElse("")) {
      case "failed" -> {
        JsonObject error = task.object("error").orElse(JsonObject.EMPTY);
        yield Optional.of(
            new Failure(
                number(task),
                error.text("code").orElse("unknown"),
                error.text("message").orElse("")));
      }
      case "canceled" -> Optional.of(new Failure(number(task), "canceled", "someone canceled it"));
      default -> Optional.empty();
    };
  }
}
