package dev.nanoctl.appliance;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.JournalLine.Event;
import dev.nanoctl.appliance.journal.Unfinished;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.Step;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out, or undoes it, step by step, each noted in the journal before and after. What
 * the journal says was done is not done again.
 */
public final class Operation {
  /** Operations that, once begun, have to be finished before anything else. */
  private static final Set<String> RESUMABLE =
      Set.of(
          "install",
          "uninstall",
          "upgrade",
          "rollback",
          "rotate",
          "scale",
          "migrate",
          "restore",
          "restore undo",
          "recover");

  private final Plan plan;
  private final Journal journal;
  private final Actor performer;
  private final Interruption interruption;
  private final Progress progress;

  /**
   * An operation that is about to begin, or to go on.
   *
   * @param performer carries out its actions
   * @param progress told about every step
   */
  public Operation(
      Plan plan, Journal journal, Actor performer, Interruption interruption, Progress progress) {
    this.plan = plan;
    this.journal = journal;
    this.performer = performer;
    this.interruption = interruption;
    this.progress = progress;
  }

  /** Carries out all steps; undoes them when one fails or the operator interrupts. */
  public void runOrUndo() {
    run(Set.of(), true);
  }

  /** Carries out all steps; when one fails, the rest is left for {@code nanoctl resume}. */
  public void run() {
    run(Set.of(), false);
  }

  /** Goes on with what is left of an unfinished operation. */
  public void goOn(Unfinished unfinished, boolean undoOnFailure) {
    if (unfinished.undoing()) {
      var begun = new ArrayList<>(plan.steps());
      begun.removeIf(step -> !unfinished.begun().contains(step.name()));
      begun.removeIf(step -> unfinished.undone().contains(step.name()));
      undo(begun);
      journal.note(Event.END, "undone");
      throw rolledBack("an earlier operation that failed", null);
    }
    run(unfinished.done(), undoOnFailure);
  }

  private void run(Set<String> done, boolean undoOnFailure) {
    progress.planned(plan);
    var begun = new ArrayList<Step>();
    for (Step step : plan.steps()) {
      begun.add(step);
      if (!done.contains(step.name())) {
        Exception failure = take(step);
        if (failure != null) {
          fail(begun, failure, undoOnFailure);
        }
      }
    }
    journal.note(Event.END, "done");
  }

  private @Nullable Exception take(Step step) {
    try {
      if (interruption.requested()) {
        throw interrupted();
      }
      long begin = System.nanoTime();
      journal.note(Event.STEP, step.name());
      progress.began(step);
      String detail = performer.perform(step.forward());
      if (interruption.requested()) {
        throw interrupted();
      }
      journal.note(Event.DONE, step.name());
      progress.done(step, detail, Duration.ofNanos(System.nanoTime() - begin));
      return null;
    } catch (InterruptedException e) {
      return interrupted();
    } catch (IOException | SQLException | RuntimeException e) {
      // a step that fails because the process is ending did not fail for a reason of its own
      return interruption.requestedJustNow() ? interrupted() : e;
    }
  }

  private void fail(List<Step> begun, Exception failure, boolean undoOnFailure) {
    if (!undoOnFailure) {
      throw isInterruption(failure) ? interrupted(soFar(begun), onward()) : asProblem(failure);
    }
    journal.note(Event.UNDOING, begun.getLast().name());
    progress.undoing(begun.getLast(), reason(failure));
    undo(begun);
    journal.note(Event.END, "undone");
    if (isInterruption(failure)) {
      throw interrupted("what it had done is undone", again());
    }
    throw rolledBack(reason(failure), failure);
  }

  private void undo(List<Step> begun) {
    for (Step step : begun.reversed()) {
      if (step.undo().isPresent()) {
        journal.note(Event.UNDO, step.name());
        try {
          performer.perform(step.undo().get());
        } catch (IOException | SQLException | RuntimeException e) {
          throw undoFailed(step, e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw undoFailed(step, e);
        }
        journal.note(Event.UNDONE, step.name());
        progress.undone(step);
      }
    }
  }

  private ProblemException rolledBack(String reason, @Nullable Exception cause) {
    String fix =
        cause instanceof ProblemException problem
            ? problem.problem().fix()
            : "mend that, then run nanoctl %s again".formatted(plan.verb());
    var problem =
        new Problem.RolledBack(
            "NC-ROLLED-BACK", "%s failed and was undone: %s".formatted(plan.verb(), reason), fix);
    return cause == null ? problem.raise() : problem.raise(cause);
  }

  private static ProblemException undoFailed(Step step, Exception cause) {
    return new Problem.Unavailable(
            "NC-UNDO-INCOMPLETE",
            "the step \"%s\" could not be undone: %s".formatted(step.name(), reason(cause)),
            "mend that, then: nanoctl resume")
        .raise(cause);
  }

  private static boolean isInterruption(Exception failure) {
    return failure instanceof ProblemException problem
        && problem.problem() instanceof Problem.Interrupted;
  }

  private ProblemException interrupted() {
    return interrupted("it stops here", again());
  }

  private ProblemException interrupted(String state, String fix) {
    return new Problem.Interrupted(
            "NC-INTERRUPTED", "%s was interrupted; %s".formatted(plan.verb(), state), fix)
        .raise();
  }

  /** What an interrupted operation that is not undone leaves behind; its last step is not over. */
  private static String soFar(List<Step> begun) {
    List<String> done = begun.subList(0, begun.size() - 1).stream().map(Step::done).toList();
    return done.isEmpty() ? "nothing was changed yet" : "done so far: " + String.join(", ", done);
  }

  private String again() {
    return "run nanoctl %s again".formatted(plan.verb());
  }

  private String onward() {
    return RESUMABLE.contains(plan.verb()) ? "nanoctl resume" : again();
  }

  private static ProblemException asProblem(Exception failure) {
    if (failure instanceof ProblemException problem) {
      return problem;
    }
    if (failure instanceof UncheckedIOException || failure instanceof IOException) {
      return new Problem.Unavailable(
              "NC-IO", reason(failure), "check disk and permissions, then: nanoctl resume")
          .raise(failure);
    }
    return new Problem.Unavailable("NC-STEP-FAILED", reason(failure), "nanoctl resume")
        .raise(failure);
  }

  private static String reason(Exception failure) {
    return failure instanceof ProblemException problem
        ? problem.problem().code() + ": " + problem.problem().message()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
