package dev.nanoctl.appliance.plan;

import java.util.List;

/** The plan of going back to the release before; it is finished, never undone. */
public final class RollbackPlan {
  private static final Release NONE = new Release("", "", "");

  private RollbackPlan() {}

  /**
   * Container by container where the release before can read the schema; else everything stops and
   * the copy of the database takes the place of what was written since.
   */
  public static Plan of(RollbackFacts facts) {
    Release before = facts.before();
    Step back =
        facts.restore()
            ? Step.of(
                "return",
                "stopping the app, putting the copy of the database back",
                "put the copy of the database back",
                new FleetAction.Return(before, facts.apps(), facts.copy()))
            : Step.of(
                "replace",
                "replacing containers one by one",
                "replaced the containers",
                new FleetAction.Replace(before.image(), facts.apps()));
    return new Plan(
        "rollback",
        List.of(
            back,
            Step.of(
                "note",
                "noting the release",
                "noted the release",
                new FleetAction.NoteRelease(before, NONE, ""))));
  }
}
