package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a rotation. Old and new value are valid together until every container of the app has
 * the new one, so that no request fails; it is finished, never undone.
 */
public final class RotatePlan {
  private RotatePlan() {}

  /** Rotates these secrets of an instance with that many app containers. */
  public static Plan of(List<String> secrets, int apps) {
    var steps = new ArrayList<Step>();
    for (String secret : secrets) {
      steps.add(step("make", secret, "making a new %s", new FleetAction.MakeNext(secret)));
    }
    for (String secret : secrets) {
      steps.add(step("both", secret, "accepting two of %s", new FleetAction.AcceptBoth(secret)));
    }
    for (String secret : secrets) {
      steps.add(step("promote", secret, "promoting %s", new FleetAction.Promote(secret)));
    }
    steps.add(
        Step.of(
            "renew",
            "replacing containers one by one",
            "replaced the containers",
            new FleetAction.Renew(secrets, apps)));
    for (String secret : secrets) {
      steps.add(step("one", secret, "retiring the old %s", new FleetAction.AcceptOne(secret)));
    }
    return new Plan("rotate", List.copyOf(steps));
  }

  private static Step step(String name, String secret, String doing, FleetAction action) {
    String text = doing.formatted(secret);
    return Step.of(name + " " + secret, text, "done with " + text, action);
  }
}
