package dev.nanoctl.cli.trial;

import dev.nanoctl.cli.command.SelfTest;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps one after the other, until one fails or somebody breaks it off; those that clear up are
 * made even then, and undisturbed.
 */
final class Course {
  /** A step; answers what more there is to say. */
  interface Work {
    String run() throws InterruptedException;
  }

  private final SelfTest.Listener listener;
  private final InstantSource clock;
  private final List<SelfTest.Step> steps = new ArrayList<>();
  private boolean brokenOff;
  private @Nullable RuntimeException bug;

  Course(SelfTest.Listener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** Makes a step, unless one before failed. */
  void step(String doing, String done, Work work) {
    if (isWell()) {
      make(doing, done, work);
    }
  }

  /** Makes a step whatever was before. */
  void finish(String doing, String done, Work work) {
    // whoever wants it to end has to wait for this
    brokenOff |= Thread.interrupted();
    make(doing, done, work);
  }

  /** Whether nothing has failed so far. */
  boolean isWell() {
    return !brokenOff && bug == null && steps.stream().allMatch(SelfTest.Step::ok);
  }

  /**
   * What was made; a bug, or that somebody broke it off, is told now that all is cleared up.
   *
   * @throws ProblemException NC-INTERRUPTED
   */
  List<SelfTest.Step> end() {
    if (bug != null) {
      throw bug;
    }
    if (brokenOff) {
      throw new Problem.Interrupted(
              "NC-INTERRUPTED",
              "the self-test was interrupted; what it had made is removed",
              "run it again")
          .raise();
    }
    return List.copyOf(steps);
  }

  private void make(String doing, String done, Work work) {
    Instant start = clock.instant();
    listener.began(doing);
    try {
      ended(new SelfTest.Step(done, work.run(), since(start), Optional.empty()));
    } catch (InterruptedException _) {
      brokenOff = true;
    } catch (ProblemException e) {
      ended(new SelfTest.Step(doing, "", since(start), Optional.of(e.problem())));
    } catch (RuntimeException e) {
      bug = e;
    }
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private void ended(SelfTest.Step step) {
    steps.add(step);
    listener.ended(step);
  }
}
