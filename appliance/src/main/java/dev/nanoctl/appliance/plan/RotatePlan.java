package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a rotation. Old and new value are valid together until whoever uses it has the new
 * one; it is finished, never undone. Containers are replaced without a failed request; a server
 * that is a process of the machine is started anew, and does not answer meanwhile.
 */
public final class RotatePlan {
  private RotatePlan() {}

  /** Rotates these secrets of an instance with that many app containers; 0 where it has none. */
  public static Plan of(List<String> secrets, int apps) {
    var steps = new ArrayList<Step>();
    for (String secret : secrets) {
      steps.add(step("make", secret, "making a new %s", new SecretAction.MakeNext(secret)));
    }
    for (String secret : secrets) {
      steps.add(step("both", secret, "accepting two of %s", new SecretAction.AcceptBoth(secret)));
    }
    for (String secret : secrets) {
      steps.add(step("promote", secret, "promoting %s", new SecretAction.Promote(secret)));
    }
    steps.add(
        Step.of(
            "renew",
            apps > 0 ? "replacing containers one by one" : "starting the server anew",
            apps > 0 ? "replaced the containers" : "started the server anew",
            new SecretAction.Renew(secrets, apps)));
    for (String secret : secrets) {
      steps.add(step("one", secret, "retiring the old %s", new SecretAction.AcceptOne(secret)));
    }
    return new Plan("rotate", List.copyOf(steps));
  }

  private static Step step(String name, String secret, String doing, SecretAction action) {
    String text = doing.formatted(secret);
    return Step.of(name + " " + secret, text, "done with " + text, action);
  }
}
