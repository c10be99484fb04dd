package dev.nanoctl.server.job;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Jobs in the database. */
final class JobStore {
  record NewJob(UUID id, String kind, @Nullable UUID owner, String payload, Instant createdAt) {}

  private static final RowMapper<JobState> ROW =
      (rs, _) ->
          new JobState(
              rs.getObject("id", UUID.class),
              rs.getString("kind"),
              rs.getObject("owner_id", UUID.class),
              rs.getString("payload"),
              rs.getString("state"),
              rs.getString("stage"),
              rs.getInt("progress"),
              rs.getString("result"),
              rs.getString("error"),
              rs.getInt("attempts"),
              rs.getTimestamp("created_at").toInstant());

  void insert(Handle tx, NewJob job) {
    tx.createUpdate(
            """
            INSERT INTO job (id, kind, owner_id, payload, state, created_at)
            VALUES (:id, :kind, :owner, :payload, 'queued', :createdAt)
            """)
        .bind("id", job.id())
        .bind("kind", job.kind())
        .bind("owner", job.owner())
        .bind("payload", job.payload())
        .bind("createdAt", job.createdAt())
        .execute();
  }

  /** Puts a one-time task where db-scheduler finds it, within the caller's transaction. */
  void schedule(Handle tx, String task, String instance, Instant at) {
    tx.createUpdate(
            """
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            VALUES (:task, :instance, :at, false, 1)
            """)
        .bind("task", task)
        .bind("instance", instance)
        .bind("at", at)
        .execute();
  }

  Optional<JobState> find(Handle tx, UUID id) {
    return tx.createQuery(
            """
            SELECT id, kind, owner_id, payload, state, stage, progress, result, error, attempts,
                   created_at
              FROM job
             WHERE id = :id
            """)
        .bind("id", id)
        .map(ROW)
        .findOne();
  }

  void started(Handle tx, UUID id, Instant at) {
    tx.createUpdate(
            """
            UPDATE job
               SET state = 'running', attempts = attempts + 1,
                   started_at = coalesce(started_at, :at)
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("at", at)
        .execute();
  }

  void progress(Handle tx, UUID id, String stage, int percent) {
    tx.createUpdate("UPDATE job SET stage = :stage, progress = :percent WHERE id = :id")
        .bind("id", id)
        .bind("stage", stage)
        .bind("percent", percent)
        .execute();
  }

  void done(Handle tx, UUID id, String result, Instant at) {
    tx.createUpdate(
            """
            UPDATE job
               SET state = 'done', progress = 100, result = :result, error = NULL,
                   finished_at = :at
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("result", result)
        .bind("at", at)
        .execute();
  }

  void failed(Handle tx, UUID id, @Nullable String result, String error, Instant at) {
    tx.createUpdate(
            """
            UPDATE job
               SET state = 'failed', result = :result, error = :error, finished_at = :at
             WHERE id = :id
            """)
        .bind("id", id)
        .bind("result", result)
        .bind("error", error)
        .bind("at", at)
        .execute();
  }

  void waiting(Handle tx, UUID id, String error) {
    tx.createUpdate("UPDATE job SET state = 'queued', error = :error WHERE id = :id")
        .bind("id", id)
        .bind("error", error)
        .execute();
  }

  /** How many of this account's jobs are being done. */
  long running(Handle tx, UUID owner) {
    return tx.createQuery("SELECT count(*) FROM job WHERE owner_id = :owner AND state = 'running'")
        .bind("owner", owner)
        .mapTo(Long.class)
        .one();
  }

  /** Forgets all jobs of this account, also those that wait. */
  void forget(Handle tx, String task, UUID owner) {
    tx.createUpdate(
            """
            DELETE FROM scheduled_tasks t
             USING job j
             WHERE j.owner_id = :owner AND t.task_name = :task
               AND t.task_instance = j.id::text AND NOT t.picked
            """)
        .bind("owner", owner)
        .bind("task", task)
        .execute();
    tx.createUpdate("DELETE FROM job WHERE owner_id = :owner").bind("owner", owner).execute();
  }
}
