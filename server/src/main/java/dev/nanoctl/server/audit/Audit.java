package dev.nanoctl.server.audit;

import dev.nanoctl.core.json.Json;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/**
 * The record of what happened: written in the transaction of the change it tells of, then sealed
 * into a chain of hashes.
 */
public final class Audit {
  private final InstantSource clock;

  /** Entries are stamped by the given clock. */
  public Audit(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds an entry to the transaction. */
  public void record(Handle tx, AuditEvent event) {
    AuditEvent.Actor actor = event.actor();
    tx.createUpdate(
            """
            INSERT INTO audit_pending
              (at, actor_id, role, action, target, result, ip_prefix, request_id, details)
            VALUES
              (:at, :actor, :role, :action, :target, :result, :ip, :request, :details)
            """)
        .bind("at", clock.instant().truncatedTo(ChronoUnit.MICROS))
        .bind("actor", actor.id())
        .bind("role", actor.role())
        .bind("action", event.action())
        .bind("target", event.target())
        .bind("result", event.result())
        .bind("ip", actor.address() == null ? null : AddressPrefix.of(actor.address()))
        .bind("request", actor.requestId())
        .bind("details", Json.text(event.details()))
        .execute();
  }
}
