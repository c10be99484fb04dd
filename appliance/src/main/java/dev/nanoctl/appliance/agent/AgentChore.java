package dev.nanoctl.appliance.agent;

import java.time.Duration;

/** Something the agent does now and again. It may fail; the next time it is tried anew. */
public interface AgentChore {
  /** What it is called in the log. */
  String name();

  /** How long to wait between two times. */
  Duration every();

  /** Does it once. */
  void run() throws Exception;
}
