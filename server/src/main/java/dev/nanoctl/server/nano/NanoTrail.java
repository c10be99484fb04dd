package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.broadcast.Changes;
import dev.nanoctl.server.outbox.Outbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What every change of a nano leaves behind, all in the transaction of the change. */
public final class NanoTrail {
  /** What an answer shows that lists published nanos. */
  public static final String LISTS = "nanos";

  private final Audit audit;
  private final Outbox outbox;
  private final Changes changes;

  /** A trail through these. */
  public NanoTrail(Audit audit, Outbox outbox, Changes changes) {
    this.audit = audit;
    this.outbox = outbox;
    this.changes = changes;
  }

  /** What an answer shows that shows one nano. */
  public static String topic(UUID nanoId) {
    return "nano:" + nanoId;
  }

  /** Puts something that was done to a nano on record. */
  void record(Handle tx, AuditEvent.Actor actor, String action, UUID nanoId, JsonObject details) {
    audit.record(tx, AuditEvent.done(actor, action, "nano:" + nanoId).with(details));
  }

  /** Puts something that was done to a nano on record. */
  void record(Handle tx, AuditEvent.Actor actor, String action, UUID nanoId) {
    record(tx, actor, action, nanoId, JsonObject.EMPTY);
  }

  /**
   * Tells caches and the search engine that published nanos are filed differently, because a
   * category or one above it was renamed or moved.
   */
  public void refiled(Handle tx, UUID categoryId) {
    changed(tx, SearchStore.filedBelow(tx, categoryId));
  }

  /** Tells caches and the search engine that readers will see these nanos differently. */
  void changed(Handle tx, List<UUID> nanoIds) {
    if (nanoIds.isEmpty()) {
      return;
    }
    List<String> topics = new ArrayList<>(List.of(LISTS));
    Map<String, JsonObject> payloads = new LinkedHashMap<>();
    for (UUID nanoId : nanoIds) {
      topics.add(topic(nanoId));
      payloads.put(nanoId.toString(), payload(nanoId));
    }
    changes.touch(tx, topics);
    outbox.addAll(tx, NanoSearchSource.CHANGED, payloads);
  }

  /** Tells caches and the search engine that readers will see the nano differently. */
  void changed(Handle tx, UUID nanoId) {
    shown(tx, nanoId);
    outbox.add(tx, NanoSearchSource.CHANGED, nanoId.toString(), payload(nanoId));
  }

  private static JsonObject payload(UUID nanoId) {
    return JsonObject.builder().put("id", nanoId.toString()).build();
  }

  /**
   * Tells caches of the nano itself: lists may show the old number for as long as they are kept.
   */
  void counted(Handle tx, UUID nanoId) {
    changes.touch(tx, topic(nanoId));
  }

  /** Tells caches only: a number on display has changed. */
  void shown(Handle tx, UUID nanoId) {
    changes.touch(tx, topic(nanoId), LISTS);
  }
}
