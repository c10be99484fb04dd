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
    if (facts.supervision() != Supervision.DAEMON) {
      steps.add(
          Step.of(
              "unit",
              "removing the systemd unit",
              "removed the systemd unit",
              new Action.RemoveUnit(facts.unit(), facts.supervision())));
    }
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
          List.of("postgres", "secrets", "nanoctl.yml", "state/rendered.json", "state/rendered"));
      steps.add(Step.of("data", "removing all data", "removed all data", new Action.Remove(names)));
      if (facts.ownAccount()) {
        steps.add(
            Step.of(
                "account",
                "removing the account",
                "removed the account",
                new Action.DeleteAccount(facts.account())));
      }
      steps.add(
          Step.of(
              "instance",
              "forgetting the instance",
              "forgot the instance",
              new Action.Remove(List.of("state/instance.json"))));
    } else {
      steps.add(Step.of("instance", "keeping the data", "kept the data", new Action.MarkRemoved()));
    }
    return new Plan("uninstall", List.copyOf(steps));
  }
}
