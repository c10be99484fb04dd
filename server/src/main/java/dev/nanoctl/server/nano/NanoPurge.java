package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Removes for good what was deleted or archived long enough ago, with its versions, ratings and
 * cases. The packages nobody refers to any more go with the next round of the media's own chore.
 */
public final class NanoPurge {
  /**
   * How long nanos stay after they were deleted or archived.
   *
   * @param drafts deleted ones that were never published
   * @param published those that were: archived ones, and deleted ones
   */
  public record Retention(Duration drafts, Duration published) {
    /** A month, and two years. */
    public static Retention standard() {
      return new Retention(Duration.ofDays(30), Duration.ofDays(730));
    }
  }

  private final Jdbi jdbi;
  private final Audit audit;
  private final InstantSource clock;
  private final Retention retention;
  private final PurgeStore store = new PurgeStore();

  /** Purges this database by the given rule. */
  public NanoPurge(Jdbi jdbi, Audit audit, InstantSource clock, Retention retention) {
    this.jdbi = jdbi;
    this.audit = audit;
    this.clock = clock;
    this.retention = retention;
  }

  /** Removes what is due, each nano in a transaction of its own; answers how many. */
  public int run() {
    Instant now = clock.instant();
    PurgeStore.Due due =
        new PurgeStore.Due(now.minus(retention.drafts()), now.minus(retention.published()));
    int removed = 0;
    for (UUID id : jdbi.withHandle(tx -> store.due(tx, due))) {
      removed += jdbi.inTransaction(tx -> remove(tx, due, id)) ? 1 : 0;
    }
    return removed;
  }

  private boolean remove(Handle tx, PurgeStore.Due due, UUID id) {
    Optional<String> status = store.lock(tx, due, id);
    if (status.isEmpty()) {
      return false;
    }
    store.remember(tx, id);
    store.delete(tx, id);
    audit.record(
        tx,
        AuditEvent.done(AuditEvent.Actor.system(), "nano.purge", "nano:" + id)
            .with(JsonObject.builder().put("status", status.get()).build()));
    return true;
  }
}
