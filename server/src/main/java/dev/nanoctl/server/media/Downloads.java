package dev.nanoctl.server.media;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.audit.AuditEvent;
import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.nano.NanoVersions;
import dev.nanoctl.server.nano.VersionAccess;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Who gets which package of which version. */
final class Downloads {
  /**
   * A package somebody asks for.
   *
   * @param access the version it belongs to
   * @param ref the package
   */
  record Wanted(VersionAccess access, PackageRef ref) {}

  private final Jdbi jdbi;
  private final NanoVersions versions;
  private final Packages packages;
  private final Audit audit;

  Downloads(Jdbi jdbi, NanoVersions versions, Packages packages, Audit audit) {
    this.jdbi = jdbi;
    this.versions = versions;
    this.packages = packages;
    this.audit = audit;
  }

  /** The package if this person may have it; an {@link ApiException} that says why not. */
  Wanted require(@Nullable Principal who, UUID nanoId, String semver) {
    Wanted wanted = look(who, nanoId, semver);
    return switch (wanted.access().download()) {
      case ALLOWED -> wanted;
      case SIGN_IN, SIGN_IN_TO_SWAP -> throw new ApiException(ApiError.UNAUTHORIZED);
      case ENTITLEMENT_REQUIRED -> throw new ApiException(ApiError.ENTITLEMENT_REQUIRED);
    };
  }

  /** The package if this person may look into it: what is free, guests may look into as well. */
  Wanted requireSight(@Nullable Principal who, UUID nanoId, String semver) {
    Wanted wanted = look(who, nanoId, semver);
    return wanted.access().download() == VersionAccess.Download.SIGN_IN
        ? wanted
        : require(who, nanoId, semver);
  }

  /** The package if this person may know of it; NOT_FOUND if not. */
  Wanted look(@Nullable Principal who, UUID nanoId, String semver) {
    return jdbi.inTransaction(tx -> {
      VersionAccess access =
          versions.versionFor(tx, who, nanoId, semver).orElseThrow(Downloads::unknown);
      return new Wanted(access, ref(tx, access));
    });
  }

  /** The validation report as JSON text, for whom may know of the version. */
  String report(@Nullable Principal who, UUID nanoId, String semver) {
    return jdbi.inTransaction(tx -> {
      VersionAccess access =
          versions.versionFor(tx, who, nanoId, semver).orElseThrow(Downloads::unknown);
      return packages.report(tx, access.packageId()).orElseThrow(Downloads::unknown);
    });
  }

  private PackageRef ref(Handle tx, VersionAccess access) {
    Optional<PackageRef> ref = packages.find(tx, access.packageId());
    return ref.orElseThrow(Downloads::unknown);
  }

  /** Puts a download on record and counts it if the version is published. */
  void count(AuditEvent.Actor actor, Wanted wanted) {
    jdbi.useTransaction(tx -> {
      if (wanted.access().live()) {
        versions.countDownload(tx, wanted.access().nanoId());
      }
      audit.record(
          tx,
          AuditEvent.done(actor, "package.download", "nano:" + wanted.access().nanoId())
              .with(JsonObject.builder().put("sha256", wanted.ref().sha256().hex()).build()));
    });
  }

  private static ApiException unknown() {
    return new ApiException(
        ApiError.NOT_FOUND, "Diese Version gibt es nicht.", "There is no such version.");
  }
}
