package dev.nanoctl.appliance.doctor;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue of checks, and how to run it. */
public final class Doctor {
  private static final List<Check> CATALOGUE =
      Stream.of(
              HardwareChecks.all(),
              StorageChecks.all(),
              BucketChecks.all(),
              DatabaseChecks.all(),
              NetworkChecks.all(),
              CertificateCheck.all(),
              HostChecks.all(),
              DockerChecks.all(),
              SiteChecks.all())
          .flatMap(List::stream)
          .toList();

  private static final Pattern MACHINE =
      Pattern.compile("memory|memory-free|disk-(free|inodes)|docker-.*");

  private Doctor() {}

  /** Every check there is. */
  public static List<Check> catalogue() {
    return CATALOGUE;
  }

  /** What every check makes of these facts. */
  public static List<CheckResult> examine(Facts facts) {
    return CATALOGUE.stream().map(check -> check.judge().apply(facts)).toList();
  }

  /** What the checks that decide about an installation make of these facts. */
  public static List<CheckResult> preflight(Facts facts) {
    return CATALOGUE.stream()
        .filter(Check::preflight)
        .map(check -> check.judge().apply(facts))
        .toList();
  }

  /** What the checks of the machine and its engine make of these facts; places may be taken. */
  public static List<CheckResult> machine(Facts facts) {
    return CATALOGUE.stream()
        .filter(check -> MACHINE.matcher(check.name()).matches())
        .map(check -> check.judge().apply(facts))
        .toList();
  }

  /**
   * Injects every check's fault into these facts, and answers what the check then says: none of the
   * results may be well.
   */
  public static List<CheckResult> selfTest(Facts facts) {
    return CATALOGUE.stream()
        .map(check -> check.judge().apply(check.fault().apply(facts)))
        .toList();
  }
}
