package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A place apart from everything live, where a restored cluster is put and opened. */
public interface SpareCluster {
  /** Where the files of its data directory are to be written; missing until then. */
  Path data();

  /**
   * Makes an empty cluster instead of one from files.
   *
   * @param superuser the password of its superuser
   */
  default void create(Secret superuser) throws IOException, InterruptedException {
    throw new IllegalArgumentException("only processes have a database elsewhere to try");
  }

  /**
   * Starts it on what was written and waits until it has replayed its log and opened. What a killed
   * process left running there is ended before.
   *
   * @param superuser the password of the superuser
   * @param atMost for how long the log may be replayed
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-UNREACHED} when log ends
   *     before the target
   */
  OpenedCluster open(Secret superuser, Duration atMost) throws IOException, InterruptedException;

  /**
   * The same with the files of a server that somebody else set up: with a configuration of its own
   * instead of theirs, so that it speaks to nobody, and with a superuser of its own.
   *
   * @param superuser the password that superuser is to have
   * @param role who may enter beside it
   */
  default OpenedCluster adopt(Secret superuser, String role, Duration atMost)
      throws IOException, InterruptedException {
    throw new IllegalArgumentException("only processes have a database elsewhere to try");
  }

  /** Ends what runs there and removes all of it; nothing there is no error. */
  void remove() throws IOException, InterruptedException;
}
