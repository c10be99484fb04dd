package dev.nanoctl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.fleet.AppContainer;
import dev.nanoctl.appliance.fleet.Schema;
import dev.nanoctl.bench.load.Ask;
import dev.nanoctl.bench.load.Load;
import dev.nanoctl.bench.load.Tally;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real containers behind a real entry, changed while people read and write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetStackIT {
  private Optional<SmallProject> made = Optional.empty();
  private String floor = "037";

  private interface Work {
    void run() throws Exception;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Optional<DockerTool> docker = DockerTool.find().filter(FleetStackIT::ready);
    boolean required = Boolean.getBoolean("stack.required");
    assumeTrue(required || docker.isPresent(), "no Docker engine with nginx:1.30 and postgres:18");
    Schema schema =
        new Schema() {
          @Override
          public String version() {
            return "037";
          }

          @Override
          public String floor() {
            return floor;
          }
        };
    made = Optional.of(new SmallProject(docker.orElseThrow(), folder, schema));
  }

  private static boolean ready(DockerTool docker) {
    try {
      docker.run("image", "inspect", SmallProject.ENTRY_IMAGE, SmallProject.DATABASE_IMAGE);
      return true;
    } catch (ProblemException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (made.isPresent()) {
      made.get().close();
    }
  }

  private SmallProject project() {
    return made.orElseThrow();
  }

  /** Does something while people read and write; neither may notice. */
  private void underLoad(Work work) throws Exception {
    project().awaitAnswer();
    Tally reads;
    Tally writes;
    try (var load = new Load(project().address(), Duration.ofMillis(5))) {
      reads = load.start(4, number -> Ask.get("/" + number));
      writes = load.start(2, number -> new Ask("POST", "/" + number, Map.of(), "{}"));
      work.run();
      Thread.sleep(1_500);
    }
    String said = project().entryLog();
    assertThat(reads.failures()).as(said).isEmpty();
    assertThat(writes.failures()).as(said).isEmpty();
    assertThat(reads.all()).isGreaterThan(100);
    assertThat(writes.all()).isGreaterThan(50);
  }

  private List<String> images() throws InterruptedException {
    return project().stack().apps().stream().map(AppContainer::image).toList();
  }

  @Test
  void noRequestFailsWhileScalingUpgradingAndRollingBack() throws Exception {
    SmallProject project = project();
    underLoad(() -> {
      project.fleet("a").scale(3, Progress.SILENT);
      assertThat(project.stack().apps()).hasSize(3).allMatch(AppContainer::healthy);
      project.fleet("a").scale(2, Progress.SILENT);
      assertThat(images()).containsExactly(project.image("a"), project.image("a"));
      project.fleet("b").upgrade(false, Progress.SILENT);
      assertThat(images()).containsExactly(project.image("b"), project.image("b"));
      project.fleet("b").rollback(Progress.SILENT);
      assertThat(images()).containsExactly(project.image("a"), project.image("a"));
    });
  }

  @Test
  void noReadFailsWhileAContainerCrashesAndItComesBack() throws Exception {
    SmallProject project = project();
    project.fleet("a").scale(2, Progress.SILENT);
    project.awaitAnswer();
    Tally reads;
    try (var load = new Load(project.address(), Duration.ofMillis(5))) {
      reads = load.start(4, number -> Ask.get("/" + number));
      Thread.sleep(500);
      project.crash(project.stack().apps().getFirst().id());
      Thread.sleep(3_000);
    }
    assertThat(reads.failures()).as(project.entryLog()).isEmpty();
    assertThat(project.stack().apps()).hasSize(2).allMatch(app -> app.state().equals("running"));
  }

  @Test
  void aReleaseThatDoesNotStartIsTakenBackWithoutAFailedRequest() throws Exception {
    SmallProject project = project();
    underLoad(() ->
        assertThatThrownBy(() -> project.fleet("broken").upgrade(false, Progress.SILENT))
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> {
                  assertThat(e.problem()).isInstanceOf(Problem.RolledBack.class);
                  assertThat(e.problem().message()).contains("no such column");
                }));
    assertThat(images()).containsOnly(project.image("a"));
    assertThat(project.parts("a").copies().names()).doesNotContain("broken");
  }

  @Test
  void aFailedReleaseThatTookSomethingAwayIsUndoneWithTheDatabase() throws Exception {
    SmallProject project = project();
    project.sql("CREATE TABLE kept (id int); INSERT INTO kept VALUES (42)");
    floor = "040";
    Progress migrating =
        new Progress() {
          @Override
          public void began(dev.nanoctl.appliance.plan.Step step) {
            if (step.name().equals("lead")) {
              try {
                project.sql("DROP TABLE kept");
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }
        };
    try {
      assertThatThrownBy(() -> project.fleet("broken").upgrade(false, migrating))
          .isInstanceOf(ProblemException.class);
    } finally {
      floor = "037";
    }
    assertThat(project.sql("SELECT id FROM kept")).isEqualTo("42");
    assertThat(project.stack().apps()).allMatch(AppContainer::healthy);
    assertThat(images()).containsOnly(project.image("a"));
  }
}
