package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.Step;
import dev.nanoctl.core.Problem;
import java.time.Duration;
import java.util.List;

/** Follows an operation while it runs. */
public interface Progress {
  /** Follows nothing. */
  Progress SILENT = new Progress() {};

  /** The machine was checked, and nothing speaks against going on. */
  default void checked(List<CheckResult> results) {}

  /** The plan is about to be carried out. */
  default void planned(Plan plan) {}

  /** A step began. */
  default void began(Step step) {}

  /** The step that runs leaves something behind that somebody should see to. */
  default void warned(Problem left) {}

  /** The step that runs has come so far, such as "postgres is healthy". */
  default void going(String soFar) {}

  /**
   * A step ended well.
   *
   * @param detail more about what was done, such as a version; may be empty
   */
  default void done(Step step, String detail, Duration took) {}

  /** A step failed; what was done so far is about to be undone. */
  default void undoing(Step step, String why) {}

  /** A step was undone. */
  default void undone(Step step) {}
}
