package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Operation;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.FleetJson;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.RotatePlan;
import dev.nanoctl.core.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Gives the secrets of one instance new values. A rotation takes the instance's lock and is
 * journaled; what was interrupted goes on with {@link #resume}.
 */
public final class Rotator {
  /** The verb of a rotation in the journal. */
  public static final String VERB = "rotate";

  /**
   * What it works with.
   *
   * @param rotations how each secret is rotated, by its name
   * @param fixed why a secret is not rotated, by its name; others that are not say nothing more
   * @param renewal how whoever uses them gets the new values
   * @param apps how many containers of the app there are to be; 0 where there are none
   */
  public record Parts(
      Map<String, Rotation> rotations, Map<String, Problem> fixed, Renewal renewal, int apps) {
    /** Keeps its own copies. */
    public Parts {
      rotations = Map.copyOf(rotations);
      fixed = Map.copyOf(fixed);
    }

    /** Where every secret that is not rotated is so for the same reason. */
    public Parts(Map<String, Rotation> rotations, Renewal renewal, int apps) {
      this(rotations, Map.of(), renewal, apps);
    }

    Rotation rotation(String name) {
      Rotation rotation = rotations.get(name);
      Problem why = fixed.get(name);
      if (why != null) {
        throw why.raise();
      }
      if (rotation == null) {
        throw new Problem.Usage(
                "NC-SECRET-FIXED",
                "the secret %s is not rotated by nanoctl".formatted(name),
                "nanoctl secrets list names those that are")
            .raise();
      }
      return rotation;
    }
  }

  private final Layout layout;
  private final Parts parts;
  private final InstantSource clock;
  private final Journal journal;

  /** The secrets of that instance. */
  public Rotator(Layout layout, Parts parts, InstantSource clock, Journal.Hook hook) {
    this.layout = layout;
    this.parts = parts;
    this.clock = clock;
    this.journal = new Journal(layout.journal(), clock, hook);
  }

  /** The secrets that can be rotated, by name. */
  public List<String> rotatable() {
    return parts.rotations().keySet().stream().sorted().toList();
  }

  /** What rotating these secrets would do; all that can be rotated where none is named. */
  public Plan plan(List<String> secrets) {
    return RotatePlan.of(together(secrets), parts.apps());
  }

  /**
   * Gives these secrets new values, or all that can be rotated where none is named; old ones stay
   * valid until nobody uses them.
   */
  public Plan rotate(List<String> secrets, Progress progress) {
    List<String> all = together(secrets);
    Plan plan = RotatePlan.of(all, parts.apps());
    try (var _ = lock(VERB);
        var interruption = Interruption.listen()) {
      journal.requireFinished();
      journal.begin(VERB, FleetJson.rotation(all, parts.apps()));
      operation(plan, interruption, progress).run();
    }
    return plan;
  }

  /** Finishes a rotation that was interrupted. */
  public void resume(Progress progress) {
    try (var _ = lock("resume");
        var interruption = Interruption.listen()) {
      Unfinished left = journal.unfinished().orElseThrow();
      operation(FleetJson.rotation(left.facts()), interruption, progress).goOn(left, false);
    }
  }

  /** With those that only change together with them, in the order of their names. */
  private List<String> together(List<String> secrets) {
    List<String> chosen = secrets.isEmpty() ? rotatable() : secrets;
    var all = new TreeSet<>(chosen);
    chosen.forEach(name -> all.addAll(parts.rotation(name).together()));
    return List.copyOf(all);
  }

  private Operation operation(Plan plan, Interruption interruption, Progress progress) {
    var actor = new RotateActor(layout, parts, clock, interruption::requested);
    return new Operation(plan, journal, actor, interruption, progress);
  }

  private OperationLock lock(String verb) {
    return OperationLock.take(layout.lock(), layout.holder(), verb, clock.instant());
  }
}
