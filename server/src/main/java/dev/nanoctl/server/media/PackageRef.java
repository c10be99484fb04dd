package dev.nanoctl.server.media;

import dev.nanoctl.server.media.pack.PackageKind;
import dev.nanoctl.server.media.store.Sha256;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored, valid package: a row of the table {@code package} whose object is in the store.
 *
 * @param id the row's id
 * @param sha256 the digest of the archive
 * @param size the size of the archive in bytes
 * @param kind what it is made of
 * @param entries how many entries it has
 * @param launchFile the file to open first, or null if there is none
 */
public record PackageRef(
    UUID id,
    Sha256 sha256,
    long size,
    PackageKind kind,
    int entries,
    @Nullable String launchFile) {}
