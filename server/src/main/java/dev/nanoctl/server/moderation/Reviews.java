package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoReviews;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The queue of nanos to review, and what is decided about them. */
public final class Reviews {
  private final Jdbi jdbi;
  private final NanoReviews nanos;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final CaseStore store = new CaseStore();
  private final AppealStore appeals = new AppealStore();

  /** Reviews in this database. */
  public Reviews(
      Jdbi jdbi, NanoReviews nanos, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.ids = ids;
    this.jdbi = jdbi;
    this.nanos = nanos;
    this.audit = audit;
    this.clock = clock;
  }

  /** A page of cases as JSON texts. */
  record Listing(List<String> items, long total) {
    Listing {
      items = List.copyOf(items);
    }
  }

  /** How many nanos wait, for the metrics. */
  public long waiting() {
    return jdbi.withHandle(tx ->
        store.total(
            tx,
            new CaseStore.Filter(Optional.of(CaseStatus.OPEN), Optional.empty(), false),
            clock.instant()));
  }

  Listing queue(Caller caller, CaseStore.Filter filter, Page page) {
    Instant now = clock.instant();
    return jdbi.withHandle(tx ->
        new Listing(
            store.page(tx, filter, caller.who().id(), now, page), store.total(tx, filter, now)));
  }

  String show(Caller caller, UUID id) {
    return jdbi.withHandle(tx -> shown(tx, caller, id));
  }

  /**
   * Decides a case, once: whoever comes second gets INVALID_TRANSITION, unless it is the same
   * person with the same decision, who may have lost the first answer.
   */
  public String decide(Caller caller, UUID id, Decision decision) {
    return jdbi.inTransaction(tx -> {
      ReviewCase before = store.find(tx, id).orElseThrow(Reviews::notFound);
      // always the nano first: submitting and archiving lock in this order too
      nanos.requireDecider(tx, caller, before.nanoId());
      ReviewCase review = store.lock(tx, id).orElseThrow(Reviews::notFound);
      if (review.status() != CaseStatus.OPEN) {
        if (decision.verdict() == review.verdict()
            && caller.who().id().equals(review.decidedBy())) {
          return shown(tx, caller, id);
        }
        throw new ApiException(
            ApiError.INVALID_TRANSITION,
            "Darüber wurde schon entschieden.",
            "This has been decided already.");
      }
      Optional<AppealStore.TakeDown> appealed = appeals.appealedBy(tx, id);
      appealed.ifPresent(takeDown -> requireSomeoneElse(caller, takeDown, decision));
      store.decide(tx, id, decision, caller.who().id(), clock.instant());
      if (appealed.isPresent()) {
        answer(tx, caller, review, decision);
      } else {
        apply(tx, caller, review, decision);
      }
      record(tx, caller, review, decision);
      return shown(tx, caller, id);
    });
  }

  /** Hides a published nano at once. */
  public void takeDown(Caller caller, UUID nanoId, String reason) {
    jdbi.useTransaction(tx -> {
      nanos.takeDown(tx, caller, nanoId, reason);
      appeals.insertTakeDown(tx, ids.get(), nanoId, caller.who().id(), reason, clock.instant());
      // nobody could decide now about a version that waits
      store.withdraw(tx, nanoId);
    });
  }

  /** Publishes again what was taken down. */
  public void reinstate(Caller caller, UUID nanoId, String reason) {
    jdbi.useTransaction(tx -> {
      nanos.reinstate(tx, caller, nanoId, reason);
      store.withdraw(tx, nanoId);
    });
  }

  /** Makes a take-down final. */
  public void uphold(Caller caller, UUID nanoId, String reason) {
    jdbi.useTransaction(tx -> {
      nanos.uphold(tx, caller, nanoId, reason);
      store.withdraw(tx, nanoId);
    });
  }

  private void apply(Handle tx, Caller caller, ReviewCase review, Decision decision) {
    @Nullable String given = decision.reason();
    String reason = given == null ? "" : given;
    switch (decision.verdict()) {
      case APPROVE -> nanos.approve(tx, caller, review.nanoId(), review.versionId());
      case REQUEST_CHANGES ->
          nanos.requestChanges(tx, caller, review.nanoId(), review.versionId(), reason);
      case REJECT -> nanos.reject(tx, caller, review.nanoId(), review.versionId(), reason);
      case TAKEDOWN -> throw new IllegalStateException("nobody decides a review like that");
    }
  }

  /** What becomes of a nano whose creator appealed: back on the shelf, or off it for good. */
  private void answer(Handle tx, Caller caller, ReviewCase review, Decision decision) {
    @Nullable String given = decision.reason();
    String reason = given == null ? "" : given;
    if (decision.verdict() == Verdict.APPROVE) {
      nanos.reinstate(tx, caller, review.nanoId(), reason);
    } else {
      nanos.uphold(tx, caller, review.nanoId(), reason);
    }
  }

  private static void requireSomeoneElse(
      Caller caller, AppealStore.TakeDown takeDown, Decision decision) {
    if (caller.who().id().equals(takeDown.decidedBy())) {
      throw new ApiException(
          ApiError.FORBIDDEN,
          "Über den Widerspruch entscheidet jemand anderes.",
          "Someone else decides about the appeal.");
    }
    if (decision.verdict() == Verdict.REQUEST_CHANGES) {
      throw ApiException.invalid(
          "decision",
          "invalid_choice",
          "Einem Widerspruch wird stattgegeben (approve) oder nicht (reject).",
          "An appeal is granted (approve) or not (reject).");
    }
  }

  private void record(Handle tx, Caller caller, ReviewCase review, Decision decision) {
    audit.record(
        tx,
        AuditEvent.done(caller.actor(), "case.decide", "case:" + review.id())
            .with(
                JsonObject.builder()
                    .put("nano", review.nanoId().toString())
                    .put("decision", decision.verdict().code())
                    .put("reason", decision.reason())
                    .build()));
  }

  private String shown(Handle tx, Caller caller, UUID id) {
    return store.shown(tx, id, caller.who().id(), clock.instant()).orElseThrow(Reviews::notFound);
  }

  private static ApiException notFound() {
    return new ApiException(
        ApiError.NOT_FOUND, "Diesen Fall gibt es nicht.", "There is no such case.");
  }
}
