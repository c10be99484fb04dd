package dev.nanoctl.appliance.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Decides how many app containers there should be, from one look at a time. Pure: the same looks
 * give the same decisions.
 *
 * <p>More start when the load is above the aim by 5 points for two minutes, enough to come back to
 * the aim, at most twice as many. One ends when the load is below it by 10 points for five minutes
 * and the others could take its share. After a change it waits. A look without a measurement never
 * ends a container.
 */
public record Autoscaler(
    Optional<Instant> highSince, Optional<Instant> lowSince, Optional<Instant> changed) {
  private static final double ABOVE = 5;
  private static final double BELOW = 10;
  private static final Duration UP = Duration.ofMinutes(2);
  private static final Duration DOWN = Duration.ofMinutes(5);
  private static final Duration COOL_DOWN = Duration.ofMinutes(3);
  private static final long RESERVE = 256L << 20;

  /** One that has seen nothing yet. */
  public static final Autoscaler FRESH =
      new Autoscaler(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * What is aimed at.
   *
   * @param min the fewest containers, at least 1
   * @param max the most
   * @param cpu the load to aim at in percent, 10 to 95
   */
  public record Policy(int min, int max, int cpu) {
    /** Refuses what makes no sense. */
    public Policy {
      if (min < 1 || max < min || max > ScaleFacts.MOST || cpu < 10 || cpu > 95) {
        throw new IllegalArgumentException("%d to %d at %d %%".formatted(min, max, cpu));
      }
    }
  }

  /**
   * One look.
   *
   * @param apps how many containers run
   * @param usedCores how many cores they use together; empty when it could not be measured
   * @param machine what the machine has
   */
  public record Look(Instant at, int apps, OptionalDouble usedCores, Machine machine) {
    /**
     * The load in percent: of one core for each container, or of all cores where there are more
     * containers than cores.
     */
    OptionalDouble load(int containers) {
      return usedCores.isEmpty() || containers < 1
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              100 * usedCores.getAsDouble() / Math.min(containers, machine.cores()));
    }
  }

  /**
   * What a machine has.
   *
   * @param freeMemory bytes that are free or can be freed at once
   * @param appMemory bytes that one container of the app may take
   */
  public record Machine(int cores, long freeMemory, long appMemory) {}

  /**
   * What a look leads to.
   *
   * @param state to decide the next look with
   * @param apps how many containers there should be; as many as there are: nothing to do
   * @param why for people
   */
  public record Decision(Autoscaler state, int apps, String why) {}

  /** Decides. */
  public Decision next(Policy policy, Look look) {
    int apps = look.apps();
    if (apps < policy.min()) {
      return change(look, policy.min(), "fewer than " + policy.min());
    }
    if (apps > policy.max()) {
      return change(look, policy.max(), "more than " + policy.max());
    }
    OptionalDouble load = look.load(apps);
    if (load.isEmpty()) {
      return new Decision(
          new Autoscaler(highSince, Optional.empty(), changed), apps, "not measured");
    }
    double percent = load.getAsDouble();
    var state =
        new Autoscaler(
            since(highSince, percent > policy.cpu() + ABOVE, look.at()),
            since(lowSince, percent < policy.cpu() - BELOW, look.at()),
            changed);
    return state.decide(policy, look, percent);
  }

  private Decision decide(Policy policy, Look look, double percent) {
    int apps = look.apps();
    String measured = "load %d %%".formatted(Math.round(percent));
    if (changed.isPresent() && look.at().isBefore(changed.get().plus(COOL_DOWN))) {
      return new Decision(this, apps, measured + ", changed a moment ago");
    }
    if (lasted(highSince, UP, look.at())) {
      int wanted = (int) Math.ceil(apps * percent / policy.cpu());
      int most = Math.min(policy.max(), apps + room(look.machine()));
      int target = Math.min(Math.clamp(wanted, apps + 1, 2 * apps), most);
      return target > apps
          ? change(look, target, measured)
          : new Decision(this, apps, measured + (apps < policy.max() ? ", no memory" : ", at max"));
    }
    if (lasted(lowSince, DOWN, look.at())
        && apps > policy.min()
        && look.load(apps - 1).orElse(100) < policy.cpu()) {
      return change(look, apps - 1, measured);
    }
    return new Decision(this, apps, measured);
  }

  private static int room(Machine machine) {
    long free = Math.max(0, machine.freeMemory() - RESERVE);
    return (int) Math.min(ScaleFacts.MOST, free / Math.max(1, machine.appMemory()));
  }

  private static Optional<Instant> since(Optional<Instant> before, boolean holds, Instant now) {
    return holds ? before.or(() -> Optional.of(now)) : Optional.empty();
  }

  private static boolean lasted(Optional<Instant> since, Duration time, Instant now) {
    return since.isPresent() && !now.isBefore(since.get().plus(time));
  }

  private static Decision change(Look look, int apps, String why) {
    return new Decision(
        new Autoscaler(Optional.empty(), Optional.empty(), Optional.of(look.at())), apps, why);
  }
}
