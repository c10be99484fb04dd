package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.process.RunningProcess;
import java.io.IOException;
import java.util.Optional;

/** A process the agent keeps running. */
public interface Service {
  /** Its name in status and logs. */
  String name();

  /** The process, when it runs already, whoever started it. */
  Optional<RunningProcess> running();

  /** Starts it; it need not answer yet. */
  RunningProcess start() throws IOException, InterruptedException;

  /** Whether it answers a real request now. */
  boolean healthy();

  /** Ends it, gently first. */
  void stop(RunningProcess process) throws IOException, InterruptedException;

  /** Ends one that does not answer any more: there is nothing to wait for. */
  void abandon(RunningProcess process) throws IOException, InterruptedException;

  /** Whether a process that runs but does not answer for long is to be ended and started anew. */
  boolean restartWhenMute();
}
