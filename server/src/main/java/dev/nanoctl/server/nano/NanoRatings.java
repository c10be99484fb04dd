package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What ratings need of nanos: whether one may be rated, and its counters. */
public final class NanoRatings {
  private final NanoTrail trail;
  private final NanoStore store = new NanoStore();

  /** Counters whose changes are told on this trail. */
  public NanoRatings(NanoTrail trail) {
    this.trail = trail;
  }

  /** What this person, or nobody, is to a nano they can see; NOT_FOUND otherwise. */
  public Standing requireVisible(Handle tx, @Nullable Principal who, UUID nanoId) {
    NanoRow nano = store.find(tx, nanoId).orElseThrow(Guard::notFound);
    Standing standing = Standing.of(who, nano.creatorId());
    if (!Lifecycle.visible(nano.state().status(), standing)) {
      throw Guard.notFound();
    }
    return standing;
  }

  /**
   * Holds the nano's counters until the transaction ends, and answers what the person is to it.
   * NOT_FOUND when they cannot see it, INVALID_TRANSITION when it is not published (any more).
   */
  public Standing hold(Handle tx, Principal who, UUID nanoId) {
    NanoStore.Held nano = store.hold(tx, nanoId).orElseThrow(Guard::notFound);
    Standing standing = Standing.of(who, nano.creatorId());
    if (!Lifecycle.visible(nano.status(), standing)) {
      throw Guard.notFound();
    }
    if (nano.status() != NanoStatus.PUBLISHED) {
      throw new ApiException(
          ApiError.INVALID_TRANSITION,
          "Bewertet werden nur veröffentlichte Nanos.",
          "Only published Nanos are rated.");
    }
    return standing;
  }

  /** Adds to the sum and the number of a nano's ratings; {@link #hold} it before. */
  public void count(Handle tx, UUID nanoId, int sum, int count) {
    store.countRating(tx, nanoId, sum, count);
    trail.changed(tx, nanoId);
  }

  /** Tells readers that the ratings look different although the counters are the same. */
  public void shown(Handle tx, UUID nanoId) {
    trail.shown(tx, nanoId);
  }
}
