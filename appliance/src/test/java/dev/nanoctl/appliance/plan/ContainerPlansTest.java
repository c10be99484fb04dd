package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Ports;
import dev.nanoctl.core.site.SiteConfig.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerPlansTest {
  private static final Found NOTHING = new Found(false, false, false, true);
  private static final Found DATA = new Found(true, true, true, true);

  @Test
  void anEmptyMachineGetsEveryStepInOrder() {
    assertThat(names(ContainerPlans.install(facts(NOTHING, Supervision.DAEMON), true)))
        .containsExactly(
            "folders",
            "config",
            "secrets",
            "instance",
            "image",
            "volumes",
            "render",
            "services",
            "mark",
            "database",
            "bucket",
            "up",
            "healthy",
            "start",
            "admin",
            "complete");
  }

  @Test
  void anOwnBucketIsNotMade() {
    Plan plan = ContainerPlans.install(facts(NOTHING, Supervision.SYSTEMD_SYSTEM), false);
    assertThat(names(plan)).doesNotContain("bucket").contains("unit");
    assertThat(step(plan, "secrets").forward().toString()).doesNotContain("s3-access-key");
  }

  @Test
  void dataThatWereThereSurviveAFailedInstallation() {
    Plan plan = ContainerPlans.install(facts(DATA, Supervision.DAEMON), true);
    assertThat(step(plan, "services").undo()).contains(new ContainerAction.Remove("id-1", false));
    assertThat(step(plan, "volumes").forward()).isEqualTo(new ContainerAction.CheckVolumes(true));
    assertThat(step(plan, "secrets").undo()).isEmpty();
    assertThat(step(plan, "instance").undo()).contains(new Action.MarkRemoved());
  }

  @Test
  void whatAFailedFirstInstallationMadeIsRemoved() {
    Plan plan = ContainerPlans.install(facts(NOTHING, Supervision.DAEMON), true);
    assertThat(step(plan, "services").undo()).contains(new ContainerAction.Remove("id-1", true));
    assertThat(step(plan, "volumes").forward()).isEqualTo(new ContainerAction.CheckVolumes(false));
  }

  @Test
  void volumesGoOnlyWithPurge() {
    assertThat(uninstall(false).toString()).contains("Remove[instance=id-1, volumes=false]");
    assertThat(uninstall(false).steps().getLast().forward()).isEqualTo(new Action.MarkRemoved());
    assertThat(uninstall(true).toString())
        .contains("Remove[instance=id-1, volumes=true]")
        .contains("secrets", "cache", "restore");
    assertThat(uninstall(false).toString()).contains("cache").doesNotContain("restore");
  }

  @Test
  void aStartExpectsTheDataAndARestartStopsFirst() {
    assertThat(step(ContainerPlans.start(Supervision.DAEMON), "volumes").forward())
        .isEqualTo(new ContainerAction.CheckVolumes(true));
    assertThat(names(ContainerPlans.restart(Supervision.DAEMON)))
        .startsWith("agent", "stop", "image", "volumes");
  }

  @Test
  void aRestoreGoesBackInTheOppositeOrder() {
    Plan restore = ContainerRestorePlans.restore(Supervision.DAEMON);
    assertThat(names(restore))
        .containsExactly(
            "fetch", "replay", "agent", "stop", "volumes", "switch", "derived", "render", "up",
            "healthy", "start");
    assertThat(restore.steps().reversed().stream().flatMap(step -> step.undo().stream()))
        .containsExactly(
            new ContainerAction.StopAgent(Supervision.DAEMON),
            new ContainerAction.Stop(),
            new RestoreAction.DropDerived(),
            new RestoreAction.SwitchBack(),
            new ContainerAction.RenderProject(),
            new ContainerAction.Up(true),
            new Action.StartAgent(Supervision.DAEMON),
            new RestoreAction.Discard());
  }

  @Test
  void aLostInstanceStartsOnRestoredDataOnly() {
    Plan recovery = ContainerRestorePlans.recovery(facts(DATA, Supervision.DAEMON), true);
    assertThat(names(recovery))
        .containsExactly(
            "folders",
            "secrets",
            "instance",
            "image",
            "volumes",
            "render",
            "services",
            "mark",
            "database",
            "bucket",
            "fetch",
            "replay",
            "stop",
            "switch",
            "up",
            "healthy",
            "start",
            "complete");
    assertThat(step(recovery, "services").forward()).isEqualTo(new ContainerAction.Up(false));
  }

  @Test
  void anUndoSwitchesWhileNothingRuns() {
    assertThat(names(ContainerRestorePlans.undo(Supervision.DAEMON)))
        .containsExactly(
            "agent", "stop", "switch", "derived", "image", "volumes", "render", "up", "healthy",
            "start", "discard");
  }

  private static Plan uninstall(boolean purge) {
    return ContainerPlans.uninstall(
        new UninstallFacts(
            "id-1",
            Supervision.DAEMON,
            Path.of("/u"),
            new UninstallFacts.Account("root", false),
            false,
            purge));
  }

  private static InstallFacts facts(Found found, Supervision supervision) {
    return new InstallFacts(
        "id-1",
        found,
        new InstallFacts.Ordered("site:\n  engine: docker\n", "ada@example.org"),
        new Ports(Engine.DOCKER, Map.of("postgres", 1)),
        new InstallFacts.Host("root", supervision),
        Path.of("/etc/systemd/system/nanoctl-1.service"));
  }

  private static List<String> names(Plan plan) {
    return plan.steps().stream().map(Step::name).toList();
  }

  private static Step step(Plan plan, String name) {
    return plan.steps().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
