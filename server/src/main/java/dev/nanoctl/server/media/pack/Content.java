package dev.nanoctl.server.media.pack;

import org.jspecify.annotations.Nullable;

/**
 * What the manifests of a package say.
 *
 * @param kind what it is made of
 * @param launchFile the file to open first, or null if there is none
 * @param metadata what it says about itself
 */
record Content(PackageKind kind, @Nullable String launchFile, PackageMetadata metadata) {}
