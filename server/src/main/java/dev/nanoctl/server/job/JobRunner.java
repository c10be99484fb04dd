package dev.nanoctl.server.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Outage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs with db-scheduler, and chores that recur. */
public final class JobRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int MOST_ATTEMPTS = 5;

  /** After the first failure; five attempts are over within about 75 seconds. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final double BACKOFF = 2;
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final Jobs jobs;
  private final InstantSource clock;
  private final JobStore store = new JobStore();
  private final List<RecurringTask<Void>> chores = new ArrayList<>();
  private @Nullable Scheduler scheduler;

  /** Runs the given jobs; nothing happens before {@link #start}. */
  public JobRunner(Jdbi jdbi, Jobs jobs, InstantSource clock) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** Adds something to be done again and again by one server of the site. */
  public void every(Duration pause, String name, Runnable chore) {
    chores.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((_, _) -> chore.run()));
  }

  /**
   * Begins to run jobs.
   *
   * @param node the name of this server: what a server of the same name was doing when it died is
   *     picked up at once, what others were doing after {@code 4} missed heartbeats
   * @param threads how many jobs run at once
   */
  public void start(DataSource dataSource, String node, int threads) {
    int freed =
        jdbi.withHandle(tx ->
            tx.createUpdate(
                    """
                    UPDATE scheduled_tasks
                       SET picked = false, picked_by = NULL, last_heartbeat = NULL,
                           version = version + 1
                     WHERE picked_by = :node
                    """)
                .bind("node", node)
                .execute());
    if (freed > 0) {
      LOG.info("{} jobs were under way when the server stopped, and go on", freed);
    }
    OneTimeTask<Void> task =
        Tasks.oneTime(Jobs.TASK)
            .onFailure(new FailureHandler.ExponentialBackoffFailureHandler<>(RETRY, BACKOFF))
            .onDeadExecutionRevive()
            .execute((instance, _) -> run(UUID.fromString(instance.getId())));
    Scheduler started =
        Scheduler.create(dataSource, task)
            .startTasks(chores)
            .schedulerName(() -> node)
            .threads(threads)
            .executorService(Executors.newThreadPerTaskExecutor(workers()))
            .pollingInterval(Duration.ofSeconds(1))
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(4)
            .shutdownMaxWait(Duration.ofSeconds(10))
            .build();
    started.start();
    scheduler = started;
    jobs.onEnqueued(started::triggerCheckForDueExecutions);
  }

  @Override
  public void close() {
    jobs.onEnqueued(() -> {});
    if (scheduler != null) {
      scheduler.stop();
    }
  }

  /**
   * Threads for jobs and chores. What escapes from them is db-scheduler's failure to note in the
   * database that one begins; the next poll tries it again.
   */
  private static ThreadFactory workers() {
    return Thread.ofVirtual()
        .name("job-", 0)
        .uncaughtExceptionHandler((_, e) -> LOG.warn("a job could not begin and is tried again", e))
        .factory();
  }

  private void run(UUID id) {
    Optional<JobState> found = jobs.find(id);
    if (found.isEmpty() || found.get().finished()) {
      return;
    }
    JobState job = found.get();
    jdbi.useHandle(tx -> store.started(tx, id, clock.instant()));
    try {
      Job work =
          jobs.kind(job.kind())
              .orElseThrow(() -> new IllegalStateException("no job of kind " + job.kind()));
      JsonObject result = work.run(new Attempt(job));
      jdbi.useHandle(tx -> store.done(tx, id, Json.text(result), clock.instant()));
    } catch (JobFailure e) {
      failed(job, e);
    } catch (JobRetry e) {
      again(job, e, e.end());
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      // something unforeseen: a database or a disk may come back
      again(
          job,
          e,
          e instanceof Outage outage && outage.isOutage()
              ? new JobFailure("DEPENDENCY_DOWN", outage.english())
              : new JobFailure("INTERNAL", "something went wrong on our side"));
    }
  }

  private void failed(JobState job, JobFailure e) {
    String result = e.result().names().isEmpty() ? null : Json.text(e.result());
    jdbi.useHandle(tx -> store.failed(tx, job.id(), result, error(e), clock.instant()));
  }

  private void again(JobState job, Exception e, JobFailure end) {
    if (job.attempts() + 1 >= MOST_ATTEMPTS) {
      LOG.error("job {} ({}) is given up", job.id(), job.kind(), e);
      failed(job, end);
      return;
    }
    LOG.warn("job {} ({}) failed and is tried again", job.id(), job.kind(), e);
    jdbi.useHandle(tx -> store.waiting(tx, job.id(), error(end)));
    throw new IllegalStateException("job " + job.id() + " is tried again", e);
  }

  private static String error(JobFailure e) {
    String message = String.valueOf(e.getMessage());
    return Json.text(json -> json.object(o -> o.field("code", e.code()).field("message", message)));
  }

  /** One try, whose progress goes to the job's row. */
  private final class Attempt implements Job.Run {
    private final JobState job;
    private final JsonObject payload;

    Attempt(JobState job) {
      this.job = job;
      this.payload = Json.parseObject(job.payload());
    }

    @Override
    public UUID id() {
      return job.id();
    }

    @Override
    public JsonObject payload() {
      return payload;
    }

    @Override
    public @Nullable UUID owner() {
      return job.owner();
    }

    @Override
    public int attempt() {
      return job.attempts() + 1;
    }

    @Override
    public void progress(String stage, int percent) {
      jdbi.useHandle(tx -> store.progress(tx, job.id(), stage, Math.clamp(percent, 0, 100)));
    }
  }
}
