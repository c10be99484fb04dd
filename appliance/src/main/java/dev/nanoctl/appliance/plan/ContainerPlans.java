package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/** The plans of an instance that runs as containers. */
public final class ContainerPlans {
  /** What a site with containers has in its folder beside configuration, secrets and state. */
  static final List<String> WORKING_FOLDERS = List.of("run", "logs", "docker", "work");

  private ContainerPlans() {}

  /**
   * The steps that lead from what was found to a running instance.
   *
   * @param bundledStore whether packages are kept in the store of the instance itself
   */
  public static Plan install(InstallFacts facts, boolean bundledStore) {
    var steps = new ArrayList<Step>();
    prepare(facts, bundledStore, steps);
    data(facts, bundledStore, steps);
    steps.add(up());
    steps.add(healthy());
    agent(facts, steps);
    steps.add(
        Step.of(
            "admin",
            "inviting the first admin",
            "invited the first admin",
            new Action.InviteAdmin(facts.ordered().adminEmail())));
    steps.add(SharedSteps.complete());
    return new Plan("install", List.copyOf(steps));
  }

  static void prepare(InstallFacts facts, boolean bundledStore, List<Step> steps) {
    steps.add(
        Step.of(
            "folders",
            "making the site's folders",
            "made the site's folders",
            new Action.MakeFolders(WORKING_FOLDERS),
            new Action.Remove(WORKING_FOLDERS)));
    if (!facts.found().config()) {
      steps.add(
          Step.of(
              "config",
              "writing the site",
              "wrote the site",
              new Action.WriteConfig(facts.ordered().configText()),
              new Action.Remove(List.of("nanoctl.yml"))));
    }
    secrets(facts, bundledStore, steps);
    var record =
        new Action.RecordInstance(
            facts.instance(), facts.ports(), facts.host().supervision(), facts.host().account());
    steps.add(
        Step.of(
            "instance",
            "noting the instance",
            "noted the instance",
            record,
            facts.found().data()
                ? new Action.MarkRemoved()
                : new Action.Remove(List.of("state/instance.json", "state/app-image"))));
  }

  private static void secrets(InstallFacts facts, boolean bundledStore, List<Step> steps) {
    var names = new ArrayList<>(SecretNames.ALL);
    names.addAll(SecretNames.DOCKER);
    var own = new ArrayList<>(SecretNames.OWN_FILES);
    if (bundledStore) {
      names.addAll(SecretNames.S3);
      own.addAll(SecretNames.S3);
    }
    var make = new Action.MakeSecrets(List.copyOf(names));
    var undo =
        new Action.Remove(
            facts.found().config()
                ? own.stream().map(name -> "secrets/" + name).toList()
                : List.of("secrets"));
    steps.add(
        facts.found().data()
            ? Step.of("secrets", "making secrets", "made the secrets", make)
            : Step.of("secrets", "making secrets", "made the secrets", make, undo));
  }

  static void data(InstallFacts facts, boolean bundledStore, List<Step> steps) {
    steps.add(image());
    steps.add(volumes(facts.found().data()));
    steps.add(render(List.of("state/rendered.json", "state/rendered")));
    steps.add(services(facts.instance(), !facts.found().data()));
    steps.add(mark());
    steps.add(
        Step.of(
            "database",
            "making the database",
            "made the database",
            new ContainerAction.CreateDatabase()));
    if (bundledStore) {
      steps.add(bucket());
    }
  }

  static void agent(InstallFacts facts, List<Step> steps) {
    Supervision supervision = facts.host().supervision();
    SharedSteps.unit(facts).ifPresent(steps::add);
    steps.add(startAgent(supervision));
  }

  static Step startAgent(Supervision supervision) {
    return Step.of(
        "start",
        "starting the agent",
        "started the agent",
        new Action.StartAgent(supervision),
        new ContainerAction.StopAgent(supervision));
  }

  /** Makes everything run as configured; what is as it should be stays untouched. */
  public static Plan start(Supervision supervision) {
    return new Plan("start", starting(supervision));
  }

  /** Stops everything in order. */
  public static Plan stop(Supervision supervision) {
    return new Plan("stop", stopping(supervision));
  }

  /** Stops everything, then starts it. */
  public static Plan restart(Supervision supervision) {
    var steps = new ArrayList<>(stopping(supervision));
    steps.addAll(starting(supervision));
    return new Plan("restart", List.copyOf(steps));
  }

  static List<Step> starting(Supervision supervision) {
    return List.of(
        image(),
        volumes(true),
        Step.of(
            "render",
            "rendering configuration",
            "rendered configuration",
            new ContainerAction.RenderProject()),
        up(),
        healthy(),
        Step.of(
            "start",
            "starting the agent",
            "started the agent",
            new Action.StartAgent(supervision)));
  }

  static List<Step> stopping(Supervision supervision) {
    return List.of(
        Step.of(
            "agent",
            "stopping the agent",
            "stopped the agent",
            new ContainerAction.StopAgent(supervision)),
        Step.of("stop", "stopping containers", "stopped containers", new ContainerAction.Stop()));
  }

  /** The steps that remove an instance; without purge, what people made stays. */
  public static Plan uninstall(UninstallFacts facts) {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.of(
            "agent",
            "stopping the agent",
            "stopped the agent",
            new ContainerAction.StopAgent(facts.supervision())));
    SharedSteps.noUnit(facts).ifPresent(steps::add);
    steps.add(
        Step.of(
            "containers",
            facts.purge() ? "removing containers and volumes" : "removing containers",
            facts.purge() ? "removed containers and volumes" : "removed containers",
            new ContainerAction.Remove(facts.instance(), facts.purge())));
    var names = new ArrayList<>(WORKING_FOLDERS);
    // where drills work
    names.add("cache");
    if (facts.purge()) {
      names.addAll(
          List.of(
              "restore",
              MigratePlan.ASIDE,
              "secrets",
              "nanoctl.yml",
              "images.yml",
              "state/rendered.json",
              "state/rendered",
              "state/app-image"));
    }
    steps.add(
        Step.of(
            "working",
            "removing working files",
            "removed working files",
            new Action.Remove(List.copyOf(names))));
    steps.add(SharedSteps.farewell(facts));
    return new Plan("uninstall", List.copyOf(steps));
  }

  private static Step image() {
    return Step.of(
        "image",
        "making the application's image",
        "made the application's image",
        new ContainerAction.EnsureImage());
  }

  static Step volumes(boolean dataExpected) {
    return Step.of(
        "volumes",
        "looking at volumes",
        "looked at volumes",
        new ContainerAction.CheckVolumes(dataExpected));
  }

  /** Undone by removing these files and folders of the site. */
  static Step render(List<String> removed) {
    return Step.of(
        "render",
        "rendering configuration",
        "rendered configuration",
        new ContainerAction.RenderProject(),
        new Action.Remove(removed));
  }

  /** Starts what keeps data; undone by removing it, with its volumes if they are new. */
  static Step services(String instance, boolean newVolumes) {
    return Step.of(
        "services",
        "starting services",
        "started services",
        new ContainerAction.Up(false),
        new ContainerAction.Remove(instance, newVolumes));
  }

  static Step mark() {
    return Step.of(
        "mark",
        "marking the data as ours",
        "marked the data as ours",
        new ContainerAction.MarkData());
  }

  static Step bucket() {
    return Step.of(
        "bucket", "making the bucket", "made the bucket", new ContainerAction.MakeBucket());
  }

  static Step up() {
    return Step.of("up", "starting containers", "started containers", new ContainerAction.Up(true));
  }

  static Step healthy() {
    return Step.of(
        "healthy",
        "waiting for health",
        "everything is healthy",
        new ContainerAction.AwaitHealthy());
  }
}
