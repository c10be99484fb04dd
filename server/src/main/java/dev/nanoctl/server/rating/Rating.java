package dev.nanoctl.server.rating;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one person thinks of one nano. */
record Rating(
    UUID id, UUID nanoId, UUID userId, int score, @Nullable String comment, long rowVersion) {}
