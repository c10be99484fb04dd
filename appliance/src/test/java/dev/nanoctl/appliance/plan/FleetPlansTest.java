package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetPlansTest {
  private static final Release OLD = new Release("nanoctl/app:0.1.0-a", "0.1.0", "035");
  private static final Release NEW = new Release("nanoctl/app:0.2.0-b", "0.2.0", "");
  private static final Release OLDER = new Release("nanoctl/app:0.0.9-c", "0.0.9", "034");
  private static final UpgradeFacts UPGRADE =
      new UpgradeFacts(OLD, NEW, OLDER, "copy-1", 3, "copy-2");

  private static List<Action> actions(Plan plan) {
    return plan.steps().stream().map(Step::forward).toList();
  }

  private static List<Action> undos(Plan plan) {
    return plan.steps().stream().map(Step::undo).flatMap(Optional::stream).toList();
  }

  @Test
  void scalingUpStartsContainersBeforeItKeepsTheNumber() {
    Plan plan = ScalePlan.of(new ScaleFacts(1, 1, 5));
    assertThat(actions(plan))
        .containsExactly(new FleetAction.AddApps(5), new FleetAction.NoteApps(5));
    assertThat(undos(plan))
        .containsExactly(new FleetAction.DrainApps(1), new FleetAction.NoteApps(1));
    assertThat(plan.steps().getFirst().doing()).isEqualTo("starting 4 containers");
  }

  @Test
  void scalingDownKeepsTheNumberBeforeItDrains() {
    assertThat(actions(ScalePlan.of(new ScaleFacts(5, 5, 2))))
        .containsExactly(new FleetAction.NoteApps(2), new FleetAction.DrainApps(2));
  }

  @Test
  void asManyAsThereAreIsNothingToDo() {
    assertThat(ScalePlan.of(new ScaleFacts(3, 3, 3)).steps()).isEmpty();
  }

  @Test
  void containersThatAreMissingAreStartedThoughTheNumberIsKeptAlready() {
    assertThat(actions(ScalePlan.of(new ScaleFacts(3, 2, 3))))
        .containsExactly(new FleetAction.AddApps(3));
  }

  @Test
  void anUpgradeCopiesMigratesAndReplacesInThisOrder() {
    assertThat(actions(UpgradePlan.of(UPGRADE)))
        .containsExactly(
            new FleetAction.BuildImage(NEW.image()),
            new FleetAction.TakeCopy("copy-2"),
            new FleetAction.Lead(NEW.image()),
            new FleetAction.Replace(NEW.image(), 3),
            new FleetAction.NoteRelease(NEW, OLD, "copy-2"),
            new FleetAction.KeepOnly("copy-2"),
            new FleetAction.DropImage("nanoctl/app:0.0.9-c"));
  }

  @Test
  void aFailedUpgradePutsReleaseDatabaseAndNotesBack() {
    assertThat(undos(UpgradePlan.of(UPGRADE)).reversed())
        .containsExactly(
            new FleetAction.NoteRelease(OLD, OLDER, "copy-1"),
            new FleetAction.Return(OLD, 3, "copy-2"),
            new FleetAction.DropCopy("copy-2"));
  }

  @Test
  void theReleaseThatRunsNeedsNoUpgrade() {
    var facts = new UpgradeFacts(OLD, OLD, OLDER, "", 3, "copy-2");
    assertThat(UpgradePlan.of(facts).steps()).isEmpty();
  }

  @Test
  void aRehearsalTouchesOnlyItsCopy() {
    assertThat(actions(UpgradePlan.rehearsal(UPGRADE)))
        .containsExactly(
            new FleetAction.BuildImage(NEW.image()),
            new FleetAction.TakeCopy("copy-2"),
            new FleetAction.Rehearse("copy-2", NEW.image()),
            new FleetAction.DropCopy("copy-2"));
  }

  @Test
  void aRollbackReplacesContainersWhereTheSchemaAllowsIt() {
    assertThat(actions(RollbackPlan.of(new RollbackFacts(NEW, OLD, "copy-2", false, 3))))
        .containsExactly(
            new FleetAction.Replace(OLD.image(), 3),
            new FleetAction.NoteRelease(OLD, new Release("", "", ""), ""));
  }

  @Test
  void aRollbackRestoresTheCopyWhereTheSchemaMovedTooFar() {
    assertThat(actions(RollbackPlan.of(new RollbackFacts(NEW, OLD, "copy-2", true, 3))))
        .startsWith(new FleetAction.Return(OLD, 3, "copy-2"));
  }

  @Test
  void theOldValueOfASecretIsRetiredOnlyWhenEveryContainerHasTheNewOne() {
    Plan plan = RotatePlan.of(List.of("database-password", "s3-secret-key"), 2);
    assertThat(actions(plan))
        .containsExactly(
            new SecretAction.MakeNext("database-password"),
            new SecretAction.MakeNext("s3-secret-key"),
            new SecretAction.AcceptBoth("database-password"),
            new SecretAction.AcceptBoth("s3-secret-key"),
            new SecretAction.Promote("database-password"),
            new SecretAction.Promote("s3-secret-key"),
            new SecretAction.Renew(List.of("database-password", "s3-secret-key"), 2),
            new SecretAction.AcceptOne("database-password"),
            new SecretAction.AcceptOne("s3-secret-key"));
    assertThat(plan.names()).doesNotHaveDuplicates();
    assertThat(undos(plan)).isEmpty();
  }

  @Test
  void factsComeBackFromTheJournalAsTheyWere() {
    var scale = new ScaleFacts(1, 2, 3);
    var rollback = new RollbackFacts(NEW, OLD, "copy-2", true, 3);
    assertThat(FleetJson.scale(FleetJson.of(scale))).isEqualTo(scale);
    assertThat(FleetJson.upgrade(FleetJson.of(UPGRADE))).isEqualTo(UPGRADE);
    assertThat(FleetJson.rollback(FleetJson.of(rollback))).isEqualTo(rollback);
    assertThat(FleetJson.rotation(FleetJson.rotation(List.of("a", "b"), 2)))
        .isEqualTo(RotatePlan.of(List.of("a", "b"), 2));
  }
}
