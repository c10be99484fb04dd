package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/** The plans of bringing the data of an instance back that runs as containers. */
public final class ContainerRestorePlans {
  private ContainerRestorePlans() {}

  /** Restores beside the live data, switches in, and keeps the data from before. */
  public static Plan restore(Supervision supervision) {
    return new Plan(
        RestorePlans.RESTORE,
        List.of(
            RestorePlans.fetch(),
            RestorePlans.replay(),
            Step.of(
                "agent",
                "stopping the agent",
                "stopped the agent",
                new ContainerAction.StopAgent(supervision),
                new Action.StartAgent(supervision)),
            Step.of(
                "stop",
                "stopping containers",
                "stopped containers",
                new ContainerAction.Stop(),
                new ContainerAction.Up(true)),
            // going back, what is rendered has to fit the configuration that came back
            Step.of(
                "volumes",
                "looking at volumes",
                "looked at volumes",
                new ContainerAction.CheckVolumes(false),
                new ContainerAction.RenderProject()),
            RestorePlans.switchIn(),
            RestorePlans.derived(),
            Step.of(
                "render",
                "rendering configuration",
                "rendered configuration",
                new ContainerAction.RenderProject()),
            up(),
            ContainerPlans.healthy(),
            ContainerPlans.startAgent(supervision)));
  }

  /** Puts the data from before the restore back; what was restored is removed. */
  public static Plan undo(Supervision supervision) {
    var steps = new ArrayList<>(ContainerPlans.stopping(supervision));
    steps.add(RestorePlans.switchBack());
    steps.add(RestorePlans.derived());
    steps.addAll(ContainerPlans.starting(supervision));
    steps.add(RestorePlans.discard());
    return new Plan(RestorePlans.UNDO, List.copyOf(steps));
  }

  /**
   * The steps that lead from a configuration and secrets of a lost instance to that instance,
   * running on what its repository holds. The application starts on nothing else.
   *
   * @param bundledStore whether packages are kept in the store of the instance itself
   */
  public static Plan recovery(InstallFacts facts, boolean bundledStore) {
    var steps = new ArrayList<Step>();
    ContainerPlans.prepare(facts, bundledStore, steps);
    ContainerPlans.data(facts, bundledStore, steps);
    steps.add(RestorePlans.fetch());
    steps.add(RestorePlans.replay());
    steps.add(Step.of("stop", "stopping services", "stopped services", new ContainerAction.Stop()));
    steps.add(RestorePlans.switchIn());
    steps.add(up());
    steps.add(ContainerPlans.healthy());
    ContainerPlans.agent(facts, steps);
    steps.add(SharedSteps.complete());
    return new Plan(RestorePlans.RECOVER, List.copyOf(steps));
  }

  private static Step up() {
    return Step.of(
        "up",
        "starting containers",
        "started containers",
        new ContainerAction.Up(true),
        new ContainerAction.Stop());
  }
}
