package dev.nanoctl.server.rating;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.nano.Caller;
import dev.nanoctl.server.nano.NanoRatings;
import dev.nanoctl.server.nano.RowMatch;
import dev.nanoctl.server.nano.Standing;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Ratings and what is done with them. Counters of the nano change in the same transaction. */
public final class Ratings {
  private final Jdbi jdbi;
  private final NanoRatings nanos;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final RatingStore store = new RatingStore();

  /** Ratings in this database. */
  public Ratings(
      Jdbi jdbi, NanoRatings nanos, Audit audit, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.nanos = nanos;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  /** A page of ratings as JSON texts, and all scores. */
  record Listing(List<String> items, Histogram histogram) {
    Listing {
      items = List.copyOf(items);
    }
  }

  /** What is changed about a rating; a comment is changed only if it was sent. */
  record Change(@Nullable Integer score, boolean commentSent, @Nullable String comment) {}

  Listing list(@Nullable Principal who, UUID nanoId, Page page) {
    return jdbi.withHandle(tx -> {
      nanos.requireVisible(tx, who, nanoId);
      UUID viewer = who == null ? null : who.id();
      return new Listing(store.page(tx, nanoId, viewer, page), store.histogram(tx, nanoId));
    });
  }

  /** Rates a nano that is not one's own, once; answers the rating as JSON text. */
  String rate(Caller caller, UUID nanoId, int score, @Nullable String comment) {
    return jdbi.inTransaction(tx -> {
      if (nanos.hold(tx, caller.who(), nanoId).own()) {
        throw new ApiException(
            ApiError.FORBIDDEN,
            "Das eigene Nano bewertet man nicht selbst.",
            "You cannot rate your own Nano.");
      }
      Rating rating = new Rating(ids.get(), nanoId, caller.who().id(), score, comment, 1);
      if (!store.insert(tx, rating, clock.instant())) {
        throw new ApiException(ApiError.ALREADY_RATED);
      }
      nanos.count(tx, nanoId, score, 1);
      record(tx, caller, "rating.create", rating);
      return store.shown(tx, rating.id(), caller.who().id());
    });
  }

  /** Changes one's own rating. */
  String change(Caller caller, UUID id, Optional<String> ifMatch, Change change) {
    return jdbi.inTransaction(tx -> {
      Held held = hold(tx, caller, id);
      Rating rating = held.rating();
      requireOwn(caller, rating);
      RowMatch.require(ifMatch, rating.rowVersion());
      Integer wanted = change.score();
      int score = wanted == null ? rating.score() : wanted;
      String comment = change.commentSent() ? change.comment() : rating.comment();
      store.update(tx, id, score, comment, clock.instant());
      nanos.count(tx, rating.nanoId(), score - rating.score(), 0);
      record(tx, caller, "rating.update", rating);
      return store.shown(tx, id, caller.who().id());
    });
  }

  /** Removes one's own rating, or, as staff, one that must not stay. */
  void delete(Caller caller, UUID id) {
    jdbi.useTransaction(tx -> {
      Rating rating = hold(tx, caller, id).rating();
      boolean own = rating.userId().equals(caller.who().id());
      if (!own && !caller.who().staff()) {
        throw new ApiException(ApiError.FORBIDDEN);
      }
      store.delete(tx, id);
      nanos.count(tx, rating.nanoId(), -rating.score(), -1);
      record(tx, caller, own ? "rating.delete" : "rating.hide", rating);
    });
  }

  /** Says that someone else's rating helped, or takes that back. */
  void helpful(Caller caller, UUID id, boolean helpful) {
    jdbi.useTransaction(tx -> {
      Rating rating = hold(tx, caller, id).rating();
      if (rating.userId().equals(caller.who().id())) {
        throw new ApiException(
            ApiError.FORBIDDEN,
            "Die eigene Bewertung findet man nicht selbst hilfreich.",
            "You cannot find your own rating helpful.");
      }
      store.helpful(tx, id, caller.who().id(), helpful);
      nanos.shown(tx, rating.nanoId());
    });
  }

  /** Answers a rating as the nano's creator, or removes the answer. */
  String reply(Caller caller, UUID id, @Nullable String reply) {
    return jdbi.inTransaction(tx -> {
      Held held = hold(tx, caller, id);
      if (!held.standing().mayManage()) {
        throw new ApiException(
            ApiError.FORBIDDEN,
            "Antworten kann nur, wer das Nano angeboten hat.",
            "Only the creator of the Nano can reply.");
      }
      store.reply(tx, id, reply, clock.instant());
      nanos.shown(tx, held.rating().nanoId());
      record(tx, caller, "rating.reply", held.rating());
      return store.shown(tx, id, caller.who().id());
    });
  }

  /** A rating whose nano nobody else counts until the transaction ends. */
  private record Held(Rating rating, Standing standing) {}

  private Held hold(Handle tx, Caller caller, UUID id) {
    Rating before = store.find(tx, id).orElseThrow(Ratings::notFound);
    Standing standing = nanos.hold(tx, caller.who(), before.nanoId());
    // it may have changed while we waited for the nano
    return new Held(store.find(tx, id).orElseThrow(Ratings::notFound), standing);
  }

  private static void requireOwn(Caller caller, Rating rating) {
    if (!rating.userId().equals(caller.who().id())) {
      throw new ApiException(ApiError.FORBIDDEN);
    }
  }

  private void record(Handle tx, Caller caller, String action, Rating rating) {
    audit.record(
        tx,
        AuditEvent.done(caller.actor(), action, "rating:" + rating.id())
            .with(
                JsonObject.builder()
                    .put("nano", rating.nanoId().toString())
                    .put("score", rating.score())
                    .build()));
  }

  private static ApiException notFound() {
    return new ApiException(
        ApiError.NOT_FOUND, "Diese Bewertung gibt es nicht.", "There is no such rating.");
  }
}
