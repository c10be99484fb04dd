package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.appliance.testing.TestSite;
import dev.nanoctl.core.Problem;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApplianceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void aSecondInstallationChangesNothingAndSaysSo() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.appliance();
      InstallSummary first = appliance.install(site.order(), Progress.SILENT);
      assertThat(first.changed()).isTrue();
      assertThat(first.signIn()).isPresent();
      assertThat(appliance.status().healthy()).isTrue();
      Map<String, OptionalLong> before = pids(appliance);
      byte[] journal = Files.readAllBytes(appliance.layout().journal());

      InstallSummary second = appliance.install(site.order(), Progress.SILENT);

      assertThat(second.changed()).isFalse();
      assertThat(pids(appliance)).isEqualTo(before);
      assertThat(Files.readAllBytes(appliance.layout().journal())).isEqualTo(journal);
      appliance.uninstall(true, Progress.SILENT);
      assertThat(site.site().root()).doesNotExist();
      assertThat(site.processes()).isEmpty();
    }
  }

  @Test
  void everyKilledProcessIsReplacedAndNothingAcknowledgedIsLost() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      Instance instance = appliance.status().instance();
      instance.database().execute("CREATE TABLE ledger (n int)");
      for (String service : List.of("server", "postgres")) {
        instance.database().execute("INSERT INTO ledger VALUES (1)");
        long killed = pid(appliance, service);
        kill(killed);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              assertThat(appliance.status().healthy()).isTrue();
              assertThat(pid(appliance, service)).isNotEqualTo(killed);
            });
      }
      assertThat(count(instance)).isEqualTo(2);
    }
  }

  @Test
  void aServerThatHangsIsReplacedAndStatusTellsOfIt() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      long hung = pid(appliance, "server");
      assertThat(appliance.status().problems()).isEmpty();
      RunningProcess server = RunningProcess.of(hung).orElseThrow();
      server.signal("STOP");
      await()
          .atMost(PATIENCE.plusSeconds(60))
          .untilAsserted(() -> {
            assertThat(appliance.status().healthy()).isTrue();
            assertThat(pid(appliance, "server")).isNotEqualTo(hung);
          });
      assertThat(server.alive()).isFalse();
      assertThat(appliance.status().problems())
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("NC-SERVER-HUNG");
            assertThat(problem.message()).contains("server", "once");
          });
      assertThat(Files.readString(appliance.layout().log("agent")))
          .contains("server (pid " + hung + ") does not answer");
    }
  }

  @Test
  void aKilledAgentIsToldAndTheNextOneAdoptsItsChildren() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      Map<String, OptionalLong> before = pids(appliance);
      kill(pid(appliance, "agent"));

      StatusReport without = appliance.status();
      assertThat(without.healthy()).isFalse();
      assertThat(without.problems()).extracting(Problem::code).containsExactly("NC-AGENT-DOWN");
      assertThat(without.problems().getFirst().fix()).isEqualTo("nanoctl start");
      assertThat(service(without, "server").state()).isEqualTo(State.RUNNING);

      appliance.start(Progress.SILENT);

      assertThat(appliance.status().healthy()).isTrue();
      Map<String, OptionalLong> after = pids(appliance);
      assertThat(after.get("server")).isEqualTo(before.get("server"));
      assertThat(after.get("postgres")).isEqualTo(before.get("postgres"));
      assertThat(after.get("agent")).isNotEqualTo(before.get("agent"));
    }
  }

  @Test
  void stoppingEndsEveryProcessEvenWithoutAnAgentAndStartingBringsThemBack() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      kill(pid(appliance, "agent"));
      appliance.stop(Progress.SILENT);
      assertThat(site.processes()).isEmpty();
      StatusReport stopped = appliance.status();
      assertThat(stopped.healthy()).isFalse();
      assertThat(stopped.problems()).extracting(Problem::code).containsExactly("NC-STOPPED");
      assertThat(stopped.services()).extracting(s -> s.state()).containsOnly(State.STOPPED);

      appliance.start(Progress.SILENT);

      assertThat(appliance.status().healthy()).isTrue();
    }
  }

  @Test
  void uninstallingKeepsWhatPeopleMadeAndInstallingAgainFindsIt() throws Exception {
    try (var site = TestSite.create()) {
      Appliance appliance = site.installed();
      Instance instance = appliance.status().instance();
      instance.database().execute("CREATE TABLE ledger (n int)");
      instance.database().execute("INSERT INTO ledger VALUES (1)");

      appliance.uninstall(false, Progress.SILENT);

      assertThat(site.processes()).isEmpty();
      assertThat(appliance.layout().logs()).doesNotExist();
      assertThat(appliance.layout().postgres().resolve("data")).exists();

      InstallSummary again = appliance.install(site.order(), Progress.SILENT);

      assertThat(again.changed()).isTrue();
      assertThat(again.instance().id()).isEqualTo(instance.id());
      assertThat(count(again.instance())).isEqualTo(1);
    }
  }

  private static int count(Instance instance) throws Exception {
    try (var connection = instance.database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM ledger")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void kill(long pid) throws Exception {
    RunningProcess process = RunningProcess.of(pid).orElseThrow();
    process.signal("KILL");
    assertThat(process.awaitEnd(PATIENCE)).isTrue();
  }

  private static long pid(Appliance appliance, String service) {
    return service(appliance.status(), service).pid().orElseThrow();
  }

  private static Map<String, OptionalLong> pids(Appliance appliance) {
    return appliance.status().services().stream()
        .collect(Collectors.toMap(StatusReport.Service::name, StatusReport.Service::pid));
  }

  private static StatusReport.Service service(StatusReport report, String name) {
    return report.services().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
