package dev.nanoctl.server.nano;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A nano as it is stored, for deciding what may become of it. */
record NanoRow(UUID id, UUID creatorId, String slug, NanoFields fields, State state) {
  /**
   * Where it is in its life.
   *
   * @param reviewReason what the reviewer wrote last, unless it was approved
   * @param source where an import took it from
   */
  record State(
      NanoStatus status,
      @Nullable String reviewReason,
      @Nullable UUID liveVersionId,
      @Nullable String source,
      @Nullable Instant publishedAt,
      long rowVersion) {}
}
