package dev.nanoctl.server.moderation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version of a nano that someone handed in. */
record ReviewCase(
    UUID id,
    UUID nanoId,
    UUID versionId,
    CaseStatus status,
    @Nullable Verdict verdict,
    @Nullable UUID decidedBy) {}
