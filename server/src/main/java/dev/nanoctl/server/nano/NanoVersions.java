package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The versions of nanos: who may see them, how new ones come, what was downloaded. */
public final class NanoVersions {
  private final NanoTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final NanoStore store = new NanoStore();
  private final VersionStore versions = new VersionStore();

  /** Versions that leave their traces on this trail. */
  public NanoVersions(NanoTrail trail, InstantSource clock, Supplier<UUID> ids) {
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A version as far as this person, or nobody, may know of it: everyone sees approved versions of
   * published nanos, the creator and staff see all. Empty means 404.
   *
   * @param semver the version, or {@code latest} for the live one, else the newest
   */
  public Optional<VersionAccess> versionFor(
      Handle tx, @Nullable Principal who, UUID nanoId, String semver) {
    Optional<NanoRow> found = store.find(tx, nanoId);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    NanoRow nano = found.get();
    Standing standing = Standing.of(who, nano.creatorId());
    if (!Lifecycle.visible(nano.state().status(), standing)) {
      return Optional.empty();
    }
    boolean insider = standing.own() || standing.staff();
    return named(tx, nano, semver)
        .filter(version -> insider || version.status() == VersionStatus.APPROVED)
        .map(version -> access(nano, version, standing));
  }

  /** All versions of a nano, the newest first, as JSON texts; only approved ones for outsiders. */
  public List<String> list(Handle tx, @Nullable Principal who, UUID nanoId) {
    NanoRow nano = store.find(tx, nanoId).orElseThrow(Guard::notFound);
    Standing standing = Standing.of(who, nano.creatorId());
    if (!Lifecycle.visible(nano.state().status(), standing)) {
      throw Guard.notFound();
    }
    return versions.list(tx, nanoId, standing.own() || standing.staff());
  }

  /** One version as JSON text, as far as this person, or nobody, may know of it. */
  String shown(Handle tx, @Nullable Principal who, UUID nanoId, String semver) {
    return versionFor(tx, who, nanoId, semver)
        .map(version -> versions.shown(tx, version.versionId()))
        .orElseThrow(NanoVersions::unknown);
  }

  /**
   * Refuses, before anything is uploaded or validated, a version that {@link #addVersion} would
   * refuse: NOT_FOUND, FORBIDDEN, INVALID_TRANSITION, VERSION_EXISTS or a field error of {@code
   * semver}.
   */
  public Semver requireNewVersion(Handle tx, Principal who, UUID nanoId, String semver) {
    NanoRow nano = store.find(tx, nanoId).orElseThrow(Guard::notFound);
    return next(tx, who, nano, semver);
  }

  /** Adds a version whose package was found valid. Nobody sees it before it is approved. */
  public UUID addVersion(Handle tx, Caller caller, UUID nanoId, NewVersion wanted) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    next(tx, caller.who(), nano, wanted.semver().toString());
    NanoStatus status = Guard.require(nano, NanoAction.ADD_VERSION, caller.who());
    NanoVersionRow version =
        new NanoVersionRow(
            ids.get(),
            versions.newest(tx, nanoId).map(NanoVersionRow::number).orElse(0) + 1,
            wanted.semver(),
            wanted.changelog(),
            wanted.packageId(),
            VersionStatus.DRAFT);
    versions.insert(tx, nanoId, version, caller.who().id(), clock.instant());
    if (status != nano.state().status()) {
      store.move(tx, nanoId, status, nano.state().reviewReason(), clock.instant());
    }
    trail.record(tx, caller.actor(), "nano.version", nanoId, version.toAudit());
    return version.id();
  }

  /** Changes what is said about a version that is not approved yet. */
  public void changelog(
      Handle tx, Caller caller, UUID nanoId, String semver, @Nullable String changelog) {
    NanoRow nano = store.lock(tx, nanoId).orElseThrow(Guard::notFound);
    Guard.require(nano, NanoAction.ADD_VERSION, caller.who());
    NanoVersionRow version = versions.find(tx, nanoId, semver).orElseThrow(NanoVersions::unknown);
    if (version.status() == VersionStatus.APPROVED) {
      throw new ApiException(
          ApiError.INVALID_TRANSITION,
          "Eine freigegebene Version ändert sich nicht mehr.",
          "An approved version does not change any more.");
    }
    versions.changelog(tx, version.id(), changelog);
    trail.record(tx, caller.actor(), "nano.update", nanoId, version.toAudit());
  }

  /** Counts one download of a nano's package. */
  public void countDownload(Handle tx, UUID nanoId) {
    store.countDownload(tx, nanoId);
    trail.counted(tx, nanoId);
  }

  private Semver next(Handle tx, Principal who, NanoRow nano, String text) {
    Guard.require(nano, NanoAction.ADD_VERSION, who);
    Semver semver =
        Semver.of(text)
            .orElseThrow(() ->
                ApiException.invalid(
                    "semver",
                    "invalid_format",
                    "Bitte eine Versionsnummer wie 1.2.0 angeben.",
                    "Give a version number such as 1.2.0."));
    if (versions.find(tx, nano.id(), text).isPresent()) {
      throw new ApiException(ApiError.VERSION_EXISTS);
    }
    Optional<NanoVersionRow> newest = versions.newest(tx, nano.id());
    if (newest.isPresent() && newest.get().status() == VersionStatus.PENDING_REVIEW) {
      throw new ApiException(
          ApiError.INVALID_TRANSITION,
          "Version %s wird noch geprüft.".formatted(newest.get().semver()),
          "Version %s is still being reviewed.".formatted(newest.get().semver()));
    }
    if (newest.isPresent() && semver.compareTo(newest.get().semver()) <= 0) {
      throw ApiException.invalid(
          "semver",
          "not_increasing",
          "Die Nummer muss größer sein als %s.".formatted(newest.get().semver()),
          "The number must be greater than %s.".formatted(newest.get().semver()));
    }
    return semver;
  }

  private Optional<NanoVersionRow> named(Handle tx, NanoRow nano, String semver) {
    if (!semver.equals("latest")) {
      return versions.find(tx, nano.id(), semver);
    }
    UUID live = nano.state().liveVersionId();
    return live == null ? versions.newest(tx, nano.id()) : versions.find(tx, live);
  }

  private static VersionAccess access(NanoRow nano, NanoVersionRow version, Standing standing) {
    boolean live =
        nano.state().status() == NanoStatus.PUBLISHED && version.status() == VersionStatus.APPROVED;
    return new VersionAccess(
        nano.id(), version.id(), version.packageId(), nano.slug(), live, download(nano, standing));
  }

  private static VersionAccess.Download download(NanoRow nano, Standing standing) {
    boolean free = nano.fields().rights().exchange().equals("free");
    if (standing == Standing.GUEST) {
      return free ? VersionAccess.Download.SIGN_IN : VersionAccess.Download.SIGN_IN_TO_SWAP;
    }
    return free || standing.own() || standing.staff()
        ? VersionAccess.Download.ALLOWED
        : VersionAccess.Download.ENTITLEMENT_REQUIRED;
  }

  private static ApiException unknown() {
    return new ApiException(
        ApiError.NOT_FOUND, "Diese Version gibt es nicht.", "There is no such version.");
  }
}
