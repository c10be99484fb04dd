package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/** The plan of moving an instance from processes to containers. */
public final class MigratePlan {
  /** The verb. */
  public static final String VERB = "migrate";

  /** Where what the processes worked on lies afterwards, in the site's folder. */
  public static final String ASIDE = "before-migration";

  private MigratePlan() {}

  /**
   * The image is made while the processes still answer; from then on until the containers do,
   * nobody does. The processes' data are only read, so that an undo starts them again as they were.
   */
  public static Plan of(MigrateFacts facts) {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.of(
            "image",
            "making the application's image",
            "made the application's image",
            new ContainerAction.EnsureImage(),
            new Action.Remove(List.of("state/app-image"))));
    steps.add(
        Step.of(
            "stop",
            "stopping services",
            "stopped services",
            new Action.StopAll(facts.supervision()),
            new Action.StartAgent(facts.supervision())));
    become(facts, steps);
    containers(facts, steps);
    steps.add(
        Step.of(
            "data",
            "copying the database",
            "copied the database",
            new MigrateAction.CopyDatabase(facts.before())));
    if (facts.bundledStore()) {
      steps.add(
          Step.of(
              "packages", "copying packages", "copied packages", new MigrateAction.CopyObjects()));
    }
    run(facts, steps);
    steps.add(
        Step.of(
            "aside",
            "setting the old data aside",
            "set the old data aside",
            new MigrateAction.SetAside(facts.data()),
            new MigrateAction.PutBack(facts.data())));
    return new Plan(VERB, List.copyOf(steps));
  }

  private static void become(MigrateFacts facts, List<Step> steps) {
    // when that is undone, the instance is the old one again, and so is what is rendered
    steps.add(
        Step.of(
            "folders",
            "making folders",
            "made folders",
            new Action.MakeFolders(ContainerPlans.WORKING_FOLDERS),
            new Action.RenderFiles()));
    steps.add(
        Step.of(
            "secrets",
            "making secrets",
            "made the secrets",
            new Action.MakeSecrets(facts.secrets()),
            new Action.Remove(facts.secrets().stream().map(name -> "secrets/" + name).toList())));
    steps.add(
        Step.of(
            "engine",
            "noting the engine",
            "noted the engine",
            new MigrateAction.Become(facts.after()),
            new MigrateAction.Become(facts.before())));
  }

  private static void containers(MigrateFacts facts, List<Step> steps) {
    steps.add(ContainerPlans.volumes(false));
    steps.add(
        ContainerPlans.render(List.of("state/rendered.json", "state/rendered", "docker", "work")));
    steps.add(ContainerPlans.services(facts.instance(), true));
    steps.add(ContainerPlans.mark());
    if (facts.bundledStore()) {
      steps.add(ContainerPlans.bucket());
    }
  }

  private static void run(MigrateFacts facts, List<Step> steps) {
    steps.add(ContainerPlans.up());
    steps.add(ContainerPlans.healthy());
    steps.add(
        Step.of(
            "backups",
            "looking at backups",
            "looked at backups",
            new MigrateAction.BeginBackups()));
    steps.add(ContainerPlans.startAgent(facts.supervision()));
  }
}
