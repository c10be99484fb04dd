package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What was done at one target after another: one that fails keeps none of the others from it.
 *
 * @param done what it came to, in the order it was done in
 * @param missed where it failed
 */
public record Each<T>(List<T> done, List<Missed> missed) {
  private static final int NOT_WELL = 3;

  /** A target that it was not done at. */
  public record Missed(String target, ProblemException why) {}

  /** Keeps its own copies. */
  public Each {
    done = List.copyOf(done);
    missed = List.copyOf(missed);
  }

  /**
   * Does it at one target after another.
   *
   * @throws ProblemException the first failure, where it could be done at no target
   */
  public static <A, T> Each<T> of(List<A> targets, Function<A, String> name, Function<A, T> work) {
    List<T> done = new ArrayList<>();
    List<Missed> missed = new ArrayList<>();
    for (A target : targets) {
      try {
        done.add(work.apply(target));
      } catch (ProblemException e) {
        if (e.problem() instanceof Problem.Interrupted) {
          throw e;
        }
        missed.add(new Missed(name.apply(target), e));
      }
    }
    if (done.isEmpty() && !missed.isEmpty()) {
      throw missed.getFirst().why();
    }
    return new Each<>(done, missed);
  }

  /** What came of it at all targets, one after another. */
  public static <T> Each<T> flat(Each<List<T>> each) {
    return new Each<>(each.done().stream().flatMap(List::stream).toList(), each.missed());
  }

  /** What it came to where it had to be done at every target. */
  public List<T> all() {
    if (!missed.isEmpty()) {
      throw missed.getFirst().why();
    }
    return done;
  }

  /** Lines that say where it failed. */
  void rows(Output output) {
    for (Missed one : missed) {
      Problem problem = one.why().problem();
      output.row(new Row(Glyph.BROKEN, one.target(), problem.message(), problem.fix()), 0);
    }
  }

  /** The same for programs. */
  void members(JsonWriter json) {
    json.array(
        "missed",
        missed,
        (array, one) ->
            array.object(o ->
                o.field("target", one.target())
                    .field("code", one.why().problem().code())
                    .field("message", one.why().problem().message())
                    .field("fix", one.why().problem().fix())));
  }

  /** The exit status of a command that did it. */
  int status() {
    return missed.isEmpty() ? 0 : NOT_WELL;
  }
}
