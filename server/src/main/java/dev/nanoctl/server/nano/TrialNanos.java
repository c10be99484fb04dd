package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The nanos of a self-test, which go at once and for good. */
public final class TrialNanos {
  private final NanoTrail trail;
  private final PurgeStore store = new PurgeStore();

  /** Readers hear by that trail that they are gone. */
  public TrialNanos(NanoTrail trail) {
    this.trail = trail;
  }

  /**
   * Removes all nanos of a creator, in whatever state, with versions and cases; answers the
   * packages they had, which are still there.
   */
  public List<UUID> remove(Handle tx, UUID creator) {
    List<UUID> packages = new ArrayList<>();
    for (UUID id : store.ofCreator(tx, creator)) {
      packages.addAll(store.packages(tx, id));
      store.remember(tx, id);
      store.delete(tx, id);
      trail.record(
          tx,
          AuditEvent.Actor.system(),
          "nano.purge",
          id,
          JsonObject.builder().put("purpose", "self-test").build());
      trail.changed(tx, id);
    }
    return packages;
  }
}
