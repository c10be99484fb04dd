package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.CheckResult;
import dev.nanoctl.appliance.doctor.Doctor;
import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.Outcome;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The checks before an installation. */
final class Preflight {
  private final Layout layout;
  private final SiteConfig config;
  private final Surroundings surroundings;
  private final Driver driver;
  private final Optional<Secret> databasePassword;

  /**
   * Looks at this machine for a site.
   *
   * @param databasePassword of a database that somebody else runs, where it is no secret of the
   *     site yet
   */
  Preflight(
      Layout layout,
      SiteConfig config,
      Surroundings surroundings,
      Driver driver,
      Optional<Secret> databasePassword) {
    this.layout = layout;
    this.config = config;
    this.surroundings = surroundings;
    this.driver = driver;
    this.databasePassword = databasePassword;
  }

  Facts facts() {
    try {
      return new FactsGathering(layout, config, surroundings, driver, databasePassword).gather();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(
              "NC-INTERRUPTED", "the checks were interrupted", "run the command again")
          .raise(e);
    }
  }

  List<CheckResult> results() {
    return Doctor.preflight(facts());
  }

  /** Goes on only when no check failed; the first failure names the problem, all are told. */
  void require(Progress progress) {
    require(results(), progress);
  }

  /** Goes on only when the machine and its engine are fit for more of what is installed. */
  void requireMachine(Progress progress) {
    require(Doctor.machine(facts()), progress);
  }

  private static void require(List<CheckResult> results, Progress progress) {
    List<CheckResult> failed =
        results.stream().filter(result -> result.outcome() == Outcome.FAILED).toList();
    if (failed.isEmpty()) {
      progress.checked(results);
      return;
    }
    String message = failed.stream().map(CheckResult::message).collect(Collectors.joining("; "));
    String fix = failed.stream().map(CheckResult::fix).distinct().collect(Collectors.joining("; "));
    throw new Problem.Preflight(failed.getFirst().code(), message, fix).raise();
  }
}
