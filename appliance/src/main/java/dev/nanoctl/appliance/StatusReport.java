package dev.nanoctl.appliance;

import dev.nanoctl.core.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an instance is.
 *
 * @param healthy true when every service is well
 * @param since since when it has been as it is
 * @param usage how much of it is used
 * @param problems what is wrong, each with the command that mends it
 */
public record StatusReport(
    Instance instance,
    boolean healthy,
    Optional<Instant> since,
    Usage usage,
    List<Service> services,
    List<Problem> problems) {

  /** What a service does now. */
  public enum State {
    /** It runs and answers. */
    RUNNING,
    /** It runs and does not answer yet, or no longer. */
    STARTING,
    /** It ended and is about to be started again. */
    RESTARTING,
    /** It was stopped on purpose. */
    STOPPED,
    /** It does not run though it should. */
    DOWN
  }

  /**
   * One service.
   *
   * @param name {@code agent}, {@code postgres}, {@code server}; with containers also the others
   * @param pid where it is a process of this machine
   * @param container the id of its container, if it is one
   */
  public record Service(
      String name,
      State state,
      boolean healthy,
      OptionalLong pid,
      Optional<String> container,
      Optional<Instant> since) {
    /** A process of this machine. */
    public Service(
        String name, State state, boolean healthy, OptionalLong pid, Optional<Instant> since) {
      this(name, state, healthy, pid, Optional.empty(), since);
    }
  }
}
