package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/** The plan of an uninstallation; it is never undone, only finished. */
public final class UninstallPlan {
  private UninstallPlan() {}

  /** The steps that remove an instance; without purge, what people made stays. */
  public static Plan of(UninstallFacts facts) {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.of(
            "stop",
            "stopping services",
            "stopped services",
            new Action.StopAll(facts.supervision())));
    if (facts.external()) {
      steps.add(
          Step.of(
              "slots",
              "giving up the database's log",
              "gave up the database's log",
              new Action.DropSlots()));
    }
    SharedSteps.noUnit(facts).ifPresent(steps::add);
    steps.add(
        Step.of(
            "working",
            "removing logs and working files",
            "removed logs and working files",
            new Action.Remove(InstallPlan.WORKING_FOLDERS)));
    steps.add(
        Step.of(
            "programs",
            "releasing the postgres programs",
            "released the postgres programs",
            new Action.ReleasePrograms(facts.instance())));
    if (facts.purge()) {
      var names = new ArrayList<>(InstallPlan.DATA_FOLDERS);
      names.addAll(
          List.of(
              "postgres",
              "restore",
              "secrets",
              "nanoctl.yml",
              "images.yml",
              "state/rendered.json",
              "state/rendered"));
      steps.add(Step.of("data", "removing all data", "removed all data", new Action.Remove(names)));
      if (facts.account().made()) {
        steps.add(
            Step.of(
                "account",
                "removing the account",
                "removed the account",
                new Action.DeleteAccount(facts.account().name())));
      }
    }
    steps.add(SharedSteps.farewell(facts));
    return new Plan("uninstall", List.copyOf(steps));
  }
}
