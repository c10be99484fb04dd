package dev.nanoctl.appliance.postgres;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A restored cluster that has replayed its log and answers, on this machine only. Close it. */
public interface OpenedCluster extends AutoCloseable {
  /** Its maintenance database and superuser. */
  DatabaseAddress address();

  /** When the commit was made before which replaying stopped; empty where it went to the end. */
  Optional<Instant> stoppedBefore() throws IOException, InterruptedException;

  /** Ends it in good order: everything is on the disk. */
  @Override
  void close();
}
