package dev.nanoctl.cli.output;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.appliance.plan.Step;
import dev.nanoctl.core.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows an operation: a line for every step that is done, and a live one for the present step. */
public final class StepLines implements Progress, AutoCloseable {
  private static final int NAME_WIDTH = 26;
  private static final Set<String> WORTH_TELLING = Set.of("cores", "memory", "disk-free");

  private final Output output;
  private final InstantSource clock;
  private final LiveLine live;
  private int left;
  private final List<Problem> warnings = new ArrayList<>();
  private volatile String soFar = "";

  /** Shows it there. */
  public StepLines(Output output, InstantSource clock) {
    this.output = output;
    this.clock = clock;
    this.live = new LiveLine(output);
  }

  /** Prints a plan that is not carried out. */
  public static void print(Output output, Plan plan) {
    if (output.wishes().json()) {
      output.json(json ->
          json.field("verb", plan.verb())
              .array(
                  "plan",
                  plan.steps(),
                  (array, step) ->
                      array.object(o -> o.field("step", step.name()).field("what", step.doing()))));
    } else {
      plan.steps()
          .forEach(step -> output.row(Row.of(Glyph.PLANNED, step.name(), step.doing()), 12));
    }
  }

  @Override
  public void checked(List<CheckResult> results) {
    String said =
        results.stream()
            .filter(result -> WORTH_TELLING.contains(result.check()) && result.ok())
            .map(CheckResult::message)
            .collect(Collectors.joining(" · "));
    print(Row.of(Glyph.DONE, "checked this machine", said));
    results.stream()
        .filter(result -> !result.ok())
        .forEach(result ->
            print(new Row(Glyph.WARNING, result.check(), result.message(), result.fix())));
  }

  @Override
  public void planned(Plan plan) {
    left = plan.steps().size();
  }

  @Override
  public void warned(Problem problem) {
    live.hide();
    warnings.add(problem);
    print(new Row(Glyph.WARNING, problem.code(), problem.message(), problem.fix()));
  }

  /** What somebody should see to, of all steps so far. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void going(String news) {
    soFar = news;
  }

  @Override
  public void began(Step step) {
    left--;
    soFar = "";
    var start = clock.instant();
    String rest = left > 0 ? Amounts.count(left, "step", "steps") + " left" : "last step";
    live.show(() ->
        Texts.pad(step.doing(), NAME_WIDTH)
            + "  "
            + Amounts.age(Duration.between(start, clock.instant()))
            + " · "
            + (soFar.isEmpty() ? rest : soFar));
  }

  @Override
  public void done(Step step, String detail, Duration took) {
    live.hide();
    String time = took.toMillis() < 500 ? "" : Amounts.time(took);
    String dot = detail.isEmpty() || time.isEmpty() ? "" : " · ";
    print(Row.of(Glyph.DONE, step.done(), detail + dot + time));
  }

  @Override
  public void undoing(Step step, String why) {
    live.hide();
    print(Row.of(Glyph.FAILED, step.doing(), why));
  }

  @Override
  public void undone(Step step) {
    live.hide();
    print(Row.of(Glyph.UNDONE, "undone", step.done()));
  }

  private void print(Row row) {
    if (!output.wishes().json() && !output.wishes().quiet()) {
      output.row(row, NAME_WIDTH);
    }
  }

  @Override
  public void close() {
    live.close();
  }
}
