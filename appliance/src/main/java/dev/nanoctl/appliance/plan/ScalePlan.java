package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/** The plan of a change of the number of app containers; empty when nothing is to be done. */
public final class ScalePlan {
  private ScalePlan() {}

  /** New ones start before the number is kept; old ones end only after it is. */
  public static Plan of(ScaleFacts facts) {
    var steps = new ArrayList<Step>();
    if (facts.wanted() > facts.running()) {
      steps.add(
          Step.of(
              "add",
              "starting " + containers(facts.wanted() - facts.running()),
              "started " + containers(facts.wanted() - facts.running()),
              new FleetAction.AddApps(facts.wanted()),
              new FleetAction.DrainApps(facts.running())));
    }
    if (facts.wanted() != facts.noted()) {
      steps.add(
          Step.of(
              "note",
              "keeping the number",
              "kept the number",
              new FleetAction.NoteApps(facts.wanted()),
              new FleetAction.NoteApps(facts.noted())));
    }
    if (facts.wanted() < facts.running()) {
      steps.add(
          Step.of(
              "drain",
              "draining " + containers(facts.running() - facts.wanted()),
              "drained " + containers(facts.running() - facts.wanted()),
              new FleetAction.DrainApps(facts.wanted())));
    }
    return new Plan("scale", List.copyOf(steps));
  }

  private static String containers(int count) {
    return count == 1 ? "a container" : count + " containers";
  }
}
