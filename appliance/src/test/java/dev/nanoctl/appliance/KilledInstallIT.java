package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.testing.TestSite;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An installation that is killed at every line of its journal, and what comes after. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledInstallIT {
  private static final int KILLED = 137;

  /** Every line an installation writes, counted from a real one. */
  List<Integer> lines() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      var journal = new Journal(appliance.layout().journal(), InstantSource.system(), line -> {});
      int count = journal.lines().size();
      assertThat(count).as("begin, two for each step, end").isGreaterThan(20);
      return IntStream.rangeClosed(1, count).boxed().toList();
    }
  }

  @ParameterizedTest(name = "killed after line {0}")
  @MethodSource("lines")
  void anInstallationKilledAnywhereIsFinishedByResumeOrByInstallingAgain(int line)
      throws Exception {
    try (var site = TestSite.create()) {
      assertThat(site.run("install", line)).as(site.output()).isEqualTo(KILLED);
      Appliance appliance = site.appliance();

      if (line % 2 == 0) {
        appliance.install(site.order(), Progress.SILENT);
      } else {
        appliance.resume(Progress.SILENT);
      }

      assertThat(appliance.unfinished()).isEmpty();
      StatusReport status = appliance.status();
      assertThat(status.healthy()).as(status.toString()).isTrue();
      assertThat(status.instance().database().answers()).isTrue();
      assertThat(appliance.install(site.order(), Progress.SILENT).changed()).isFalse();
    }
  }
}
