package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.LiveLine;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Shows the self-test's way: a line for every step with its time, and a live one for the next. */
final class JourneyLines implements SelfTest.Listener, AutoCloseable {
  private static final int NAME_WIDTH = 21;

  private final Output output;
  private final InstantSource clock;
  private final LiveLine live;
  private boolean first = true;

  JourneyLines(Output output, InstantSource clock) {
    this.output = output;
    this.clock = clock;
    this.live = new LiveLine(output);
  }

  @Override
  public void began(String doing) {
    Instant start = clock.instant();
    live.show(() -> doing + "  " + Amounts.age(Duration.between(start, clock.instant())));
  }

  @Override
  public void ended(SelfTest.Step step) {
    live.hide();
    if (output.wishes().json() || (step.ok() && output.wishes().quiet())) {
      return;
    }
    if (first) {
      output.gap();
      first = false;
    }
    output.row(step.problem().map(problem -> failed(step, problem)).orElse(done(step)), NAME_WIDTH);
  }

  private static Row done(SelfTest.Step step) {
    String dot = step.detail().isEmpty() ? "" : " · ";
    return Row.of(Glyph.DONE, step.name(), step.detail() + dot + Amounts.time(step.took()));
  }

  private static Row failed(SelfTest.Step step, Problem problem) {
    return new Row(
        Glyph.FAILED, step.name(), problem.code() + ": " + problem.message(), problem.fix());
  }

  /** Sums up. */
  void end(List<SelfTest.Step> steps) {
    if (output.wishes().json() || output.wishes().quiet()) {
      return;
    }
    output.gap();
    Duration took = steps.stream().map(SelfTest.Step::took).reduce(Duration.ZERO, Duration::plus);
    long failed = steps.stream().filter(step -> !step.ok()).count();
    output.line(
        steps.isEmpty()
            ? "no instance here: nothing was published"
            : failed == 0
                ? "a Nano was published, found, downloaded and deleted in " + Amounts.time(took)
                : Amounts.count(failed, "step", "steps") + " failed");
  }

  /** A step, as an element. */
  static void step(JsonWriter json, SelfTest.Step step) {
    json.object(o -> {
      o.field("step", step.name())
          .field("ok", step.ok())
          .field("millis", step.took().toMillis())
          .field("detail", step.detail());
      step.problem()
          .ifPresent(problem ->
              o.field("code", problem.code())
                  .field("message", problem.message())
                  .field("fix", problem.fix()));
    });
  }

  @Override
  public void close() {
    live.close();
  }
}
