package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.doctor.Outcome;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.core.site.SiteFolder;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl doctor}. */
@Command(
    name = "doctor",
    description = "Check this machine and the instance, and say what mends what is wrong.",
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {"0:nothing is broken", "3:something is broken"})
public final class DoctorCommand implements Callable<Integer> {
  private static final int NOT_WELL = 3;

  /** Examines a machine and the instance on it. */
  public interface Doctor {
    /** What every check finds. */
    List<CheckResult> examine(SiteFolder site);

    /** What every check finds when what it looks for is injected; nothing may be well. */
    List<CheckResult> selfTest(SiteFolder site);
  }

  private final Invocation invocation;
  private final Doctor doctor;
  private final SelfTest journey;
  private final InstantSource clock;

  @Option(
      names = "--self-test",
      description = {
        "Inject a fault for every check, and tell whether it is detected; then publish, find,",
        "download and delete a Nano as people do, and remove all of it."
      })
  private boolean selfTest;

  /** Examines the instance that is meant, and goes through it. */
  public DoctorCommand(
      Invocation invocation, Doctor doctor, SelfTest journey, InstantSource clock) {
    this.invocation = invocation;
    this.doctor = doctor;
    this.journey = journey;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<CheckResult> results =
        selfTest ? doctor.selfTest(invocation.site()) : doctor.examine(invocation.site());
    boolean well = results.stream().allMatch(this::isAsItShould);
    Output output = invocation.output();
    if (!output.wishes().json()) {
      print(output, results);
    }
    List<SelfTest.Step> steps = selfTest ? go(output) : List.of();
    boolean open = well && steps.stream().allMatch(SelfTest.Step::ok);
    if (output.wishes().json()) {
      output.json(json -> {
        json.field("healthy", open)
            .array("checks", results, selfTest ? DoctorCommand::fault : DoctorCommand::check);
        if (selfTest) {
          json.array("journey", steps, JourneyLines::step);
        }
      });
    }
    return open ? 0 : NOT_WELL;
  }

  private List<SelfTest.Step> go(Output output) {
    try (var lines = new JourneyLines(output, clock)) {
      List<SelfTest.Step> steps = journey.run(invocation.site(), lines);
      lines.end(steps);
      return steps;
    }
  }

  private boolean isAsItShould(CheckResult result) {
    return selfTest ? !result.ok() : result.outcome() != Outcome.FAILED;
  }

  /** What a check found, as an element. */
  static void check(JsonWriter json, CheckResult result) {
    json.object(o -> members(o, result));
  }

  private static void fault(JsonWriter json, CheckResult result) {
    json.object(o -> members(o, result).field("detected", !result.ok()));
  }

  private static JsonWriter members(JsonWriter json, CheckResult result) {
    json.field("name", result.check())
        .field("outcome", result.outcome().name().toLowerCase(java.util.Locale.ROOT))
        .field("message", result.message());
    return result.ok() ? json : json.field("code", result.code()).field("fix", result.fix());
  }

  private void print(Output output, List<CheckResult> results) {
    List<CheckResult> shown =
        output.wishes().quiet()
            ? results.stream().filter(result -> !isAsItShould(result)).toList()
            : results;
    output.rows(
        shown.stream().map(selfTest ? DoctorCommand::tested : DoctorCommand::found).toList());
    long wrong = results.stream().filter(result -> !isAsItShould(result)).count();
    if (!output.wishes().quiet()) {
      output.gap();
      output.line(
          selfTest
              ? Amounts.count(results.size() - wrong, "fault", "faults")
                  + " of "
                  + results.size()
                  + " detected"
              : wrong == 0
                  ? Amounts.count(results.size(), "check", "checks") + ", nothing is broken"
                  : Amounts.count(wrong, "check", "checks") + " failed");
    }
  }

  private static Row found(CheckResult result) {
    Glyph glyph =
        switch (result.outcome()) {
          case OK -> Glyph.WELL;
          case WARNING -> Glyph.WARNING;
          case FAILED -> Glyph.BROKEN;
        };
    return new Row(glyph, result.check(), result.message(), result.fix());
  }

  private static Row tested(CheckResult result) {
    return result.ok()
        ? Row.of(Glyph.FAILED, result.check(), "its fault was not detected")
        : Row.of(Glyph.DONE, result.check(), "detected " + result.code());
  }
}
