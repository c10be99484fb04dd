package dev.nanoctl.server.job;

import dev.nanoctl.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work of one kind. It may be run again after a crash, so it must not mind a half-done first try.
 */
@FunctionalInterface
public interface Job {
  /**
   * Does the work.
   *
   * @return the result that the job's owner sees
   * @throws JobFailure when trying again would not help
   */
  JsonObject run(Run run) throws Exception;

  /** One try at a job. */
  interface Run {
    /** The job. */
    UUID id();

    /** What it was enqueued with. */
    JsonObject payload();

    /** Who enqueued it; null for the system. */
    @Nullable UUID owner();

    /** Which try this is, from 1. */
    int attempt();

    /** Tells the owner where the work stands; {@code percent} from 0 to 100. */
    void progress(String stage, int percent);
  }
}
