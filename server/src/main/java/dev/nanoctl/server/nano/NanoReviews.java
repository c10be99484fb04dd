package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What staff decides about nanos; the caller's transaction holds the case that it belongs to. */
public final class NanoReviews {
  private final NanoTrail trail;
  private final InstantSource clock;
  private final NanoStore store = new NanoStore();
  private final VersionStore versions = new VersionStore();

  /** Decisions that leave their traces on this trail. */
  public NanoReviews(NanoTrail trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Locks the nano, and refuses who may not decide about it: nobody does about their own, and what
   * is deleted cannot be decided about.
   */
  public void requireDecider(Handle tx, Caller caller, UUID nanoId) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    Standing standing = Standing.of(caller.who(), nano.creatorId());
    if (!Lifecycle.visible(nano.state().status(), standing)) {
      throw Guard.notFound();
    }
    if (!standing.mayDecide()) {
      throw new ApiException(
          ApiError.FORBIDDEN,
          "Über eigene Nanos entscheidet jemand anderes.",
          "Someone else decides about your own Nanos.");
    }
  }

  /** Locks the nano; NOT_FOUND for everyone but its creator. */
  public void requireAppellant(Handle tx, Caller caller, UUID nanoId) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    if (!caller.who().id().equals(nano.creatorId())) {
      throw Guard.notFound();
    }
  }

  /** INVALID_TRANSITION when the nano is not taken down (any more). */
  public void requireTakenDown(Handle tx, UUID nanoId) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    if (nano.state().status() != NanoStatus.TAKEN_DOWN) {
      throw new ApiException(
          ApiError.INVALID_TRANSITION,
          "Dieses Nano ist nicht (mehr) gesperrt.",
          "This Nano is not taken down (any more).");
    }
  }

  /** Publishes a submitted version. */
  public void approve(Handle tx, Caller caller, UUID nanoId, UUID versionId) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    NanoVersionRow version = pending(tx, nano, versionId, NanoAction.APPROVE, caller);
    versions.approve(tx, versionId, Json.text(NanoJson.fields(nano.fields())), clock.instant());
    store.publish(tx, nanoId, versionId, clock.instant());
    trail.record(tx, caller.actor(), "nano.approve", nanoId, version.toAudit());
    trail.record(tx, caller.actor(), "nano.publish", nanoId, version.toAudit());
    trail.changed(tx, nanoId);
  }

  /** Sends a submitted version back; the creator reads the reason and may hand it in again. */
  public void requestChanges(Handle tx, Caller caller, UUID nanoId, UUID versionId, String reason) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    NanoVersionRow version = pending(tx, nano, versionId, NanoAction.REQUEST_CHANGES, caller);
    versions.move(tx, versionId, VersionStatus.CHANGES_REQUESTED);
    back(tx, caller, nano, NanoAction.REQUEST_CHANGES, reason);
    trail.record(tx, caller.actor(), "nano.changes", nanoId, reason(version, reason));
  }

  /** Refuses a submitted version. */
  public void reject(Handle tx, Caller caller, UUID nanoId, UUID versionId, String reason) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    NanoVersionRow version = pending(tx, nano, versionId, NanoAction.REJECT, caller);
    versions.move(tx, versionId, VersionStatus.REJECTED);
    back(tx, caller, nano, NanoAction.REJECT, reason);
    trail.record(tx, caller.actor(), "nano.reject", nanoId, reason(version, reason));
  }

  /** Hides a published nano; a version that waits for its review goes back to its creator. */
  public void takeDown(Handle tx, Caller caller, UUID nanoId, String reason) {
    move(tx, caller, nanoId, NanoAction.TAKE_DOWN, "nano.takedown", reason);
    versions
        .newest(tx, nanoId)
        .filter(version -> version.status() == VersionStatus.PENDING_REVIEW)
        .ifPresent(version -> versions.move(tx, version.id(), VersionStatus.DRAFT));
  }

  /** Publishes again what was taken down. */
  public void reinstate(Handle tx, Caller caller, UUID nanoId, String reason) {
    move(tx, caller, nanoId, NanoAction.REINSTATE, "nano.restore", reason);
  }

  /** Makes a take-down final: the nano is archived. */
  public void uphold(Handle tx, Caller caller, UUID nanoId, String reason) {
    move(tx, caller, nanoId, NanoAction.UPHOLD, "nano.archive", reason);
  }

  private void move(
      Handle tx, Caller caller, UUID nanoId, NanoAction action, String audited, String reason) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    NanoStatus next = Guard.require(nano, action, caller.who());
    boolean good = next == NanoStatus.PUBLISHED;
    store.move(tx, nanoId, next, good ? null : reason, clock.instant());
    trail.record(
        tx, caller.actor(), audited, nanoId, JsonObject.builder().put("reason", reason).build());
    trail.changed(tx, nanoId);
  }

  private void back(Handle tx, Caller caller, NanoRow nano, NanoAction action, String reason) {
    NanoStatus next = Guard.require(nano, action, caller.who());
    store.move(tx, nano.id(), next, reason, clock.instant());
    trail.shown(tx, nano.id());
  }

  private NanoVersionRow pending(
      Handle tx, NanoRow nano, UUID versionId, NanoAction action, Caller caller) {
    Guard.require(nano, action, caller.who());
    @Nullable NanoVersionRow version = versions.find(tx, versionId).orElse(null);
    if (version == null || version.status() != VersionStatus.PENDING_REVIEW) {
      throw new ApiException(
          ApiError.INVALID_TRANSITION,
          "Darüber wurde schon entschieden.",
          "This has been decided already.");
    }
    return version;
  }

  private static JsonObject reason(NanoVersionRow version, String reason) {
    return JsonObject.builder()
        .put("version", version.semver().toString())
        .put("reason", reason)
        .build();
  }
}
