package dev.nanoctl.appliance.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The plans of an upgrade and of its rehearsal. */
public final class UpgradePlan {
  private UpgradePlan() {}

  /**
   * Copy first, then one container that migrates, then the others one by one; whatever fails, the
   * release before is put back. Empty when that release runs already.
   */
  public static Plan of(UpgradeFacts facts) {
    if (!facts.needed()) {
      return new Plan("upgrade", List.of());
    }
    String image = facts.next().image();
    var steps = new ArrayList<Step>();
    steps.addAll(
        List.of(
            build(image),
            copy(facts.copy()),
            Step.of(
                "lead",
                "starting the first new container",
                "started the first new container",
                new FleetAction.Lead(image),
                new FleetAction.Return(facts.now(), facts.apps(), facts.copy())),
            Step.of(
                "replace",
                "replacing containers one by one",
                "replaced the containers",
                new FleetAction.Replace(image, facts.apps())),
            Step.of(
                "note",
                "noting the release",
                "noted the release",
                new FleetAction.NoteRelease(facts.next(), facts.now(), facts.copy()),
                new FleetAction.NoteRelease(facts.now(), facts.before(), facts.copyBefore())),
            Step.of(
                "tidy",
                "removing older copies",
                "removed older copies",
                new FleetAction.KeepOnly(facts.copy()))));
    String unneeded = facts.before().image();
    if (!unneeded.isEmpty() && !Set.of(image, facts.now().image()).contains(unneeded)) {
      steps.add(
          Step.of(
              "image",
              "removing the image of an older release",
              "removed the image of an older release",
              new FleetAction.DropImage(unneeded)));
    }
    return new Plan("upgrade", List.copyOf(steps));
  }

  /** Tries the upgrade on a copy of the database; what is live is not touched. */
  public static Plan rehearsal(UpgradeFacts facts) {
    return new Plan(
        "rehearse",
        List.of(
            build(facts.next().image()),
            copy(facts.copy()),
            Step.of(
                "rehearse",
                "migrating and asking the copy",
                "migrated and asked the copy",
                new FleetAction.Rehearse(facts.copy(), facts.next().image())),
            Step.of(
                "drop",
                "removing the copy",
                "removed the copy",
                new FleetAction.DropCopy(facts.copy()))));
  }

  private static Step build(String image) {
    return Step.of(
        "build", "building the image", "built the image", new FleetAction.BuildImage(image));
  }

  private static Step copy(String copy) {
    return Step.of(
        "copy",
        "copying the database",
        "copied the database",
        new FleetAction.TakeCopy(copy),
        new FleetAction.DropCopy(copy));
  }
}
