package dev.nanoctl.server.job;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Work that outlives its request: enqueued in a transaction, run after its commit. */
public final class Jobs {
  static final String TASK = "job";

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final JobStore store = new JobStore();
  private final Map<String, Job> kinds = new ConcurrentHashMap<>();
  private volatile Runnable wake = () -> {};

  /** Jobs kept in the given database. */
  public Jobs(Jdbi jdbi, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.ids = ids;
  }

  /** Says how work of a kind is done; to be called before the server starts. */
  public void register(String kind, Job job) {
    if (kinds.putIfAbsent(kind, job) != null) {
      throw new IllegalStateException("two jobs of kind " + kind);
    }
  }

  /** Adds a job to the transaction; it runs once that is committed. */
  public UUID enqueue(Handle tx, String kind, JsonObject payload, @Nullable UUID owner) {
    UUID id = ids.get();
    Instant now = clock.instant();
    store.insert(tx, new JobStore.NewJob(id, kind, owner, Json.text(payload), now));
    store.schedule(tx, TASK, id.toString(), now);
    tx.afterCommit(() -> wake.run());
    return id;
  }

  /** The state of a job, for its owner only. */
  public Optional<JobState> find(UUID id, UUID owner) {
    return jdbi.withHandle(tx -> store.find(tx, id)).filter(job -> owner.equals(job.owner()));
  }

  /** The state of any job, for the system itself. */
  public Optional<JobState> find(UUID id) {
    return jdbi.withHandle(tx -> store.find(tx, id));
  }

  /** Whether a job of this account is being done at the moment. */
  public boolean running(UUID owner) {
    return jdbi.withHandle(tx -> store.running(tx, owner)) > 0;
  }

  /** Forgets all jobs of an account; those that wait are not done any more. */
  public void forget(Handle tx, UUID owner) {
    store.forget(tx, TASK, owner);
  }

  void onEnqueued(Runnable wakeUp) {
    wake = wakeUp;
  }

  Optional<Job> kind(String name) {
    return Optional.ofNullable(kinds.get(name));
  }
}
