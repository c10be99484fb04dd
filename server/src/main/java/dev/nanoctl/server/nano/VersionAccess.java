package dev.nanoctl.server.nano;

import java.util.UUID;

/**
 * A version someone may know of, and whether they may have its package.
 *
 * @param packageId the package of the version
 * @param slug the nano's slug, for a file name
 * @param live true when the version is approved and its nano is published
 */
public record VersionAccess(
    UUID nanoId, UUID versionId, UUID packageId, String slug, boolean live, Download download) {
  /** Whether the package may be had. */
  public enum Download {
    /** Yes. */
    ALLOWED,
    /** After signing in; it may be looked at without. */
    SIGN_IN,
    /** After signing in, with an entitlement. */
    SIGN_IN_TO_SWAP,
    /** Only with an entitlement from a swap or a grant. */
    ENTITLEMENT_REQUIRED
  }
}
