package dev.nanoctl.server.search.meili.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What was asked to be written, and what became of it; done one after the other, by one thread. */
final class FakeTasks {
  private static final int MOST_AT_ONCE = 1_000;

  private final List<Task> tasks = new ArrayList<>();
  private final List<Map<String, Object>> batches = new ArrayList<>();
  private volatile Duration delay = Duration.ZERO;
  private int done;

  /** What a task does: returns the details of having done it. */
  @FunctionalInterface
  interface Work {
    Map<String, Object> run();
  }

  private static final class Task {
    private final Map<String, Object> state;
    private final Work work;

    private Task(Map<String, Object> state, Work work) {
      this.state = state;
      this.work = work;
    }
  }

  FakeTasks() {
    Thread.ofPlatform().daemon().name("fake-meilisearch-tasks").start(this::run);
  }

  /** Lets everything that is written from now on take that long. */
  void delay(Duration other) {
    delay = other;
  }

  synchronized Map<String, Object> enqueue(
      Object index, String type, Map<String, Object> details, Work work) {
    int uid = tasks.size();
    String now = Instant.now().toString();
    Map<String, Object> state =
        FakeJson.of(
            "uid",
            uid,
            "batchUid",
            FakeJson.NULL,
            "indexUid",
            index,
            "status",
            "enqueued",
            "type",
            type,
            "canceledBy",
            FakeJson.NULL,
            "details",
            details,
            "error",
            FakeJson.NULL,
            "duration",
            FakeJson.NULL,
            "enqueuedAt",
            now,
            "startedAt",
            FakeJson.NULL,
            "finishedAt",
            FakeJson.NULL);
    tasks.add(new Task(state, work));
    notifyAll();
    return FakeJson.of(
        "taskUid", uid, "indexUid", index, "status", "enqueued", "type", type, "enqueuedAt", now);
  }

  private void run() {
    try {
      while (true) {
        List<Task> batch = begin();
        if (!delay.isZero()) {
          Thread.sleep(delay);
        }
        for (Task task : batch) {
          finish(task);
        }
        end(batch);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Neighbours that write documents into one index are done together. */
  private synchronized List<Task> begin() throws InterruptedException {
    while (done == tasks.size()) {
      wait();
    }
    List<Task> batch = new ArrayList<>();
    Task first = tasks.get(done);
    boolean joins = FakeJson.member(first.state, "type").toString().startsWith("document");
    do {
      Task task = tasks.get(done++);
      task.state.put("status", "processing");
      task.state.put("batchUid", batches.size());
      task.state.put("startedAt", Instant.now().toString());
      batch.add(task);
    } while (joins
        && done < tasks.size()
        && batch.size() < MOST_AT_ONCE
        && isLike(tasks.get(done), first, "type")
        && isLike(tasks.get(done), first, "indexUid"));
    return batch;
  }

  private static boolean isLike(Task one, Task other, String member) {
    return FakeJson.member(one.state, member).equals(FakeJson.member(other.state, member));
  }

  private void finish(Task task) {
    Map<String, Object> details;
    Map<String, Object> error = Map.of();
    try {
      details = task.work.run();
    } catch (FakeError e) {
      details = Map.of();
      error = e.body();
    }
    synchronized (this) {
      FakeJson.object(FakeJson.member(task.state, "details")).putAll(details);
      task.state.put("status", error.isEmpty() ? "succeeded" : "failed");
      task.state.put("error", error.isEmpty() ? FakeJson.NULL : error);
      task.state.put("duration", "PT0.001S");
      task.state.put("finishedAt", Instant.now().toString());
    }
  }

  /** Whether everything that was asked for was tried. */
  synchronized boolean areDone() {
    return tasks.stream()
        .noneMatch(task -> FakeJson.NULL.equals(FakeJson.member(task.state, "duration")));
  }

  private synchronized void end(List<Task> batch) {
    Map<String, Object> first = batch.getFirst().state;
    batches.add(
        FakeJson.of(
            "uid", batches.size(),
            "type", FakeJson.member(first, "type"),
            "status", FakeJson.member(first, "status"),
            "startedAt", FakeJson.member(first, "startedAt"),
            "finishedAt", Instant.now().toString()));
  }

  synchronized Map<String, Object> one(int uid) {
    if (uid >= tasks.size()) {
      throw FakeError.invalid(404, "task_not_found", "Task `" + uid + "` not found.");
    }
    return FakeJson.object(FakeJson.parse(FakeJson.text(tasks.get(uid).state)));
  }

  /** A page of tasks, the newest first. */
  synchronized Map<String, Object> tasks(Map<String, Set<String>> query) {
    List<Map<String, Object>> all =
        new ArrayList<>(tasks.stream().map(task -> task.state).toList());
    return page(all, query, Map.of("uids", "uid", "statuses", "status", "types", "type"));
  }

  /** A page of what was done together, the newest first. */
  synchronized Map<String, Object> batches(Map<String, Set<String>> query) {
    return page(new ArrayList<>(batches), query, Map.of("statuses", "status", "types", "type"));
  }

  private static Map<String, Object> page(
      List<Map<String, Object>> all, Map<String, Set<String>> query, Map<String, String> filters) {
    Predicate<Map<String, Object>> passes = _ -> true;
    for (Map.Entry<String, String> filter : filters.entrySet()) {
      Set<String> wanted = query.get(filter.getKey());
      if (wanted != null) {
        passes =
            passes.and(one -> wanted.contains(FakeJson.member(one, filter.getValue()).toString()));
      }
    }
    List<Map<String, Object>> found = all.reversed().stream().filter(passes).toList();
    int limit = Integer.parseInt(query.getOrDefault("limit", Set.of("20")).iterator().next());
    List<Map<String, Object>> shown = found.stream().limit(limit).toList();
    return FakeJson.object(
        FakeJson.parse(
            FakeJson.text(
                FakeJson.of(
                    "results",
                    shown,
                    "total",
                    found.size(),
                    "limit",
                    limit,
                    "from",
                    shown.isEmpty() ? FakeJson.NULL : FakeJson.member(shown.getFirst(), "uid"),
                    "next",
                    found.size() > limit
                        ? FakeJson.member(found.get(limit), "uid")
                        : FakeJson.NULL))));
  }
}
