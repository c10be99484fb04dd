package dev.nanoctl.server.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands.
 *
 * @param id the job
 * @param kind what kind of work
 * @param owner who enqueued it
 * @param payload what it was enqueued with, JSON
 * @param state {@code queued}, {@code running}, {@code done} or {@code failed}
 * @param stage what it is doing
 * @param progress from 0 to 100
 * @param result JSON, when there is one
 * @param error JSON with {@code code} and {@code message}, when it failed
 * @param attempts how often it was tried
 * @param createdAt when it was enqueued
 */
public record JobState(
    UUID id,
    String kind,
    @Nullable UUID owner,
    String payload,
    String state,
    @Nullable String stage,
    int progress,
    @Nullable String result,
    @Nullable String error,
    int attempts,
    Instant createdAt) {
  /** Whether nothing more will happen. */
  public boolean finished() {
    return state.equals("done") || state.equals("failed");
  }
}
