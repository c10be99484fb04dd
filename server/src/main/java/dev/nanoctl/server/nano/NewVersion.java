package dev.nanoctl.server.nano;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version to add.
 *
 * @param semver greater than every version the nano has
 * @param changelog at most 1,000 characters
 * @param packageId a package that was found valid
 */
public record NewVersion(Semver semver, @Nullable String changelog, UUID packageId) {}
