package dev.nanoctl.server.nano;

import java.util.UUID;

/** One nano as the API shows it. */
record DetailRow(
    UUID id, UUID creatorId, String slug, NanoStatus status, long rowVersion, String json) {}
