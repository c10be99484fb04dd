package dev.nanoctl.server.search;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.job.JobState;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.nano.NanoSearchSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Writing the index anew from the command line: by the running server if there is one, which goes
 * on answering meanwhile, and in this process otherwise.
 */
public final class Reindexing {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration UNCLAIMED = Duration.ofSeconds(30);

  private final Jdbi jdbi;
  private final Jobs jobs;
  private final NanoSearchSource source;
  private final SearchEngine engine;

  /** Writes the index in that folder anew. */
  public Reindexing(Jdbi jdbi, Jobs jobs, NanoSearchSource source, Path folder) {
    this(jdbi, jobs, source, new SearchEngine.InFolder(folder));
  }

  /** Writes the index of that search engine anew. */
  public Reindexing(Jdbi jdbi, Jobs jobs, NanoSearchSource source, SearchEngine engine) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.source = source;
    this.engine = engine;
  }

  /**
   * Does it, and waits for the end.
   *
   * @return how many nanos can be found then
   */
  public long run(Indexing.Progress progress) {
    SearchIndex own;
    try {
      own = engine.open();
    } catch (ProblemException e) {
      if (e.problem() instanceof Problem.Locked) {
        return byServer(progress);
      }
      throw e;
    }
    try (own) {
      return new Indexing(jdbi, source, own).rebuild(progress);
    }
  }

  private long byServer(Indexing.Progress progress) {
    UUID id =
        jdbi.inTransaction(tx -> jobs.enqueue(tx, SearchRoutes.REINDEX, JsonObject.EMPTY, null));
    long begin = System.nanoTime();
    while (true) {
      JobState job = jobs.find(id).orElseThrow(() -> failed("the job is gone"));
      switch (job.state()) {
        case "done" -> {
          String result = job.result();
          return result == null ? 0 : Json.parseObject(result).integer("indexed").orElse(0);
        }
        case "failed" -> throw failed(String.valueOf(job.error()));
        case "queued" -> {
          if (System.nanoTime() - begin > UNCLAIMED.toNanos()) {
            throw failed("the server that holds the index does not take the job");
          }
        }
        default -> progress.at(job.progress(), 100);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed("waiting was interrupted; the server goes on");
    }
  }

  private static ProblemException failed(String why) {
    return new Problem.Unavailable(
            "NC-SEARCH-REINDEX-FAILED",
            "the search index could not be written anew: " + why,
            "see nanoctl logs, then run nanoctl search reindex again")
        .raise();
  }
}
