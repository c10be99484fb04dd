package dev.nanoctl.appliance.plan;

import java.util.List;
import java.util.Optional;

/** Steps that installing and removing have in common, whatever the engine. */
final class SharedSteps {
  private SharedSteps() {}

  /** Has systemd keep the agent; nothing where a daemon does. */
  static Optional<Step> unit(InstallFacts facts) {
    Supervision supervision = facts.host().supervision();
    return supervision == Supervision.DAEMON
        ? Optional.empty()
        : Optional.of(
            Step.of(
                "unit",
                "writing the systemd unit",
                "wrote the systemd unit",
                new Action.InstallUnit(facts.unit(), supervision),
                new Action.RemoveUnit(facts.unit(), supervision)));
  }

  /** Removes what {@link #unit} made. */
  static Optional<Step> noUnit(UninstallFacts facts) {
    return facts.supervision() == Supervision.DAEMON
        ? Optional.empty()
        : Optional.of(
            Step.of(
                "unit",
                "removing the systemd unit",
                "removed the systemd unit",
                new Action.RemoveUnit(facts.unit(), facts.supervision())));
  }

  /** Forgets who the instance was, or remembers it beside its data. */
  static Step farewell(UninstallFacts facts) {
    return facts.purge()
        ? Step.of(
            "instance",
            "forgetting the instance",
            "forgot the instance",
            new Action.Remove(List.of("state/instance.json")))
        : Step.of("instance", "keeping the data", "kept the data", new Action.MarkRemoved());
  }

  static Step complete() {
    return Step.of("complete", "finishing", "finished", new Action.MarkInstalled());
  }
}
