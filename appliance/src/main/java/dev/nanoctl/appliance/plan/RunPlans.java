package dev.nanoctl.appliance.plan;

import java.util.List;

/** The plans of starting and stopping. */
public final class RunPlans {
  private RunPlans() {}

  /** Renders what changed in the configuration, starts the agent and waits until all is well. */
  public static Plan start(Supervision supervision) {
    return new Plan("start", List.of(render(), agent(supervision), healthy()));
  }

  /** Stops everything in order. */
  public static Plan stop(Supervision supervision) {
    return new Plan("stop", List.of(stopping(supervision)));
  }

  /** Stops everything, then starts it. */
  public static Plan restart(Supervision supervision) {
    return new Plan(
        "restart", List.of(stopping(supervision), render(), agent(supervision), healthy()));
  }

  private static Step render() {
    return Step.of(
        "render", "rendering configuration", "rendered configuration", new Action.RenderFiles());
  }

  private static Step agent(Supervision supervision) {
    return Step.of(
        "start", "starting the agent", "started the agent", new Action.StartAgent(supervision));
  }

  private static Step healthy() {
    return Step.of(
        "healthy", "starting the server", "started the server", new Action.AwaitHealthy());
  }

  private static Step stopping(Supervision supervision) {
    return Step.of(
        "stop", "stopping services", "stopped services", new Action.StopAll(supervision));
  }
}
