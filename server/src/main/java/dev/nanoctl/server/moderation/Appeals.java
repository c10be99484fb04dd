package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoReviews;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Take-downs as their creators see them, and what they say against them. */
public final class Appeals {
  /** How long a decision can be appealed against: six months. */
  static final Duration WINDOW = Duration.ofDays(183);

  private final Jdbi jdbi;
  private final NanoReviews nanos;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final AppealStore store = new AppealStore();

  /** Appeals in this database. */
  public Appeals(
      Jdbi jdbi, NanoReviews nanos, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.nanos = nanos;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /** A page of take-downs as JSON texts. */
  record Listing(List<String> items, long total) {
    Listing {
      items = List.copyOf(items);
    }
  }

  Listing list(Caller caller, @Nullable UUID nanoId, Page page) {
    return jdbi.withHandle(tx ->
        new Listing(
            store.page(tx, caller.who().id(), nanoId, page),
            store.total(tx, caller.who().id(), nanoId)));
  }

  String show(Caller caller, UUID id) {
    return jdbi.withHandle(tx -> shown(tx, caller, id));
  }

  /**
   * Appeals, once and within six months, against the take-down of one's own nano; another moderator
   * decides.
   */
  String appeal(Caller caller, UUID id, String statement) {
    return jdbi.inTransaction(tx -> {
      AppealStore.TakeDown before = store.takeDown(tx, id).orElseThrow(Appeals::notFound);
      // always the nano first
      nanos.requireAppellant(tx, caller, before.nanoId());
      AppealStore.TakeDown takeDown = store.takeDown(tx, id).orElseThrow(Appeals::notFound);
      if (takeDown.appealed()) {
        throw new ApiException(
            ApiError.CONFLICT,
            "Du hast schon widersprochen.",
            "You have appealed against this already.");
      }
      Instant now = clock.instant();
      if (now.isAfter(takeDown.decidedAt().plus(WINDOW))) {
        throw new ApiException(
            ApiError.GONE,
            "Widersprechen kannst du nur innerhalb von sechs Monaten.",
            "You can appeal within six months only.");
      }
      nanos.requireTakenDown(tx, takeDown.nanoId());
      UUID appeal = ids.get();
      store.insertAppeal(tx, appeal, id, caller.who().id(), statement, now);
      audit.record(
          tx,
          AuditEvent.done(caller.actor(), "case.appeal", "case:" + id)
              .with(JsonObject.builder().put("appeal", appeal.toString()).build()));
      return shown(tx, caller, id);
    });
  }

  private String shown(Handle tx, Caller caller, UUID id) {
    return store
        .shown(tx, id, caller.who().id(), caller.who().staff())
        .orElseThrow(Appeals::notFound);
  }

  private static ApiException notFound() {
    return new ApiException(
        ApiError.NOT_FOUND, "Diese Entscheidung gibt es nicht.", "There is no such decision.");
  }
}
