package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Ports;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.site.SiteConfig.DatabaseTls;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstallPlanTest {
  private static final Path UNIT = Path.of("/etc/systemd/system/nanoctl-1.service");

  private static final UninstallFacts.Account MADE = new UninstallFacts.Account("pg", true);

  @Test
  void aFreshMachineTakesEveryStepInThisOrder() {
    assertThat(plan(new Found(false, false, false, false), Supervision.SYSTEMD_SYSTEM).names())
        .containsExactly(
            "account",
            "programs",
            "folders",
            "config",
            "secrets",
            "instance",
            "initdb",
            "render",
            "database",
            "unit",
            "start",
            "healthy",
            "admin",
            "complete");
  }

  @Test
  void whatIsThereAlreadyIsNeitherMadeNorUndone() {
    Plan plan = plan(new Found(true, true, true, true), Supervision.DAEMON);

    assertThat(plan.names())
        .containsExactly(
            "programs",
            "folders",
            "secrets",
            "instance",
            "render",
            "database",
            "start",
            "healthy",
            "admin",
            "complete");
    List<String> removed =
        plan.steps().stream()
            .flatMap(step -> step.undo().stream())
            .filter(Action.Remove.class::isInstance)
            .flatMap(action -> ((Action.Remove) action).names().stream())
            .toList();
    assertThat(removed)
        .as("undoing over kept data must not remove it")
        .doesNotContain("postgres", "objects", "secrets", "nanoctl.yml", "state/instance.json");
  }

  @Test
  void everyStepOfAFreshInstallationThatLeavesSomethingCanBeUndone() {
    Plan plan = plan(new Found(false, false, false, false), Supervision.DAEMON);

    assertThat(plan.steps())
        .filteredOn(step -> step.undo().isEmpty())
        .extracting(Step::name)
        .as("these leave nothing that an earlier step's undo does not remove")
        .containsExactly("database", "healthy", "admin", "complete");
  }

  @Test
  void theStepsSayExactlyWhatTheyDo() {
    Plan plan = plan(new Found(false, false, false, false), Supervision.SYSTEMD_USER);

    assertThat(step(plan, "account").forward()).isEqualTo(new Action.CreateAccount("pg"));
    assertThat(step(plan, "account").undo()).contains(new Action.DeleteAccount("pg"));
    assertThat(step(plan, "initdb").undo()).contains(new Action.Remove(List.of("postgres")));
    assertThat(step(plan, "instance").forward())
        .isEqualTo(
            new Action.RecordInstance(
                "id-1", Ports.embedded(5433), Supervision.SYSTEMD_USER, "pg"));
    assertThat(step(plan, "unit").forward())
        .isEqualTo(new Action.InstallUnit(UNIT, Supervision.SYSTEMD_USER));
    assertThat(step(plan, "start").undo()).contains(new Action.StopAll(Supervision.SYSTEMD_USER));
    assertThat(step(plan, "admin").forward()).isEqualTo(new Action.InviteAdmin("ada@example.org"));
  }

  @Test
  void aDatabaseThatSomebodyElseRunsIsClaimedAndNoneIsMade() {
    Plan plan = InstallPlan.of(external(new Found(false, false, false, true)));

    assertThat(plan.names())
        .containsExactly(
            "folders",
            "config",
            "secrets",
            "instance",
            "database",
            "start",
            "healthy",
            "admin",
            "complete");
    assertThat(step(plan, "database").forward()).isEqualTo(new Action.ClaimDatabase("id-1"));
    assertThat(step(plan, "database").undo()).contains(new Action.ReleaseDatabase("id-1"));
    assertThat(step(plan, "secrets").forward())
        .isEqualTo(new Action.MakeSecrets(List.of("token-key", "link-key", "audit-key")));
  }

  @Test
  void undoingNeitherReleasesADatabaseWithDataNorRemovesAPasswordThatSomebodyPutThere() {
    Plan again = InstallPlan.of(external(new Found(true, true, true, true)));
    assertThat(step(again, "database").undo()).isEmpty();
    assertThat(step(again, "secrets").undo()).isEmpty();

    Plan prepared = InstallPlan.of(external(new Found(true, true, false, true)));
    assertThat(step(prepared, "secrets").undo())
        .hasValueSatisfying(undo ->
            assertThat(((Action.Remove) undo).names())
                .contains("secrets/token-key")
                .doesNotContain("secrets", "secrets/database-password"));
  }

  @Test
  void tablesAreBroughtIntoADatabaseThatSomebodyElseRunsAndNoLogIsReplayed() {
    Plan plan = InstallPlan.recovery(external(new Found(true, true, false, true)));
    assertThat(plan.names())
        .containsExactly(
            "folders",
            "secrets",
            "instance",
            "database",
            "fetch",
            "switch",
            "start",
            "healthy",
            "complete");
    assertThat(RestorePlans.restoreTables(Supervision.DAEMON).names())
        .containsExactly("fetch", "stop", "switch", "derived", "render", "start", "healthy");
  }

  private static InstallFacts external(Found found) {
    InstallFacts own = facts(found, Supervision.DAEMON);
    var database =
        new ExternalDatabase(
            "db.example", 5432, "lernhof", "nano", DatabaseTls.VERIFY_FULL, Optional.empty(), true);
    var facts =
        new InstallFacts(
            own.instance(), found, own.ordered(), Ports.embedded(database), own.host(), own.unit());
    assertThat(FactsJson.install(Json.parseObject(Json.text(FactsJson.of(facts)))))
        .isEqualTo(facts);
    return facts;
  }

  @Test
  void factsSurviveTheJournal() {
    InstallFacts facts = facts(new Found(true, false, true, false), Supervision.SYSTEMD_SYSTEM);

    assertThat(FactsJson.install(Json.parseObject(Json.text(FactsJson.of(facts)))))
        .isEqualTo(facts);
  }

  @Test
  void uninstallingWithoutPurgeRemovesNothingThatPeopleMade() {
    var facts = new UninstallFacts("id-1", Supervision.DAEMON, UNIT, MADE, false, false);

    Plan plan = UninstallPlan.of(facts);

    assertThat(plan.names()).containsExactly("stop", "working", "programs", "instance");
    assertThat(step(plan, "working").forward())
        .isEqualTo(new Action.Remove(List.of("run", "logs", "cache")));
    assertThat(step(plan, "instance").forward()).isEqualTo(new Action.MarkRemoved());
  }

  @Test
  void purgingRemovesEverythingAndTheAccountOnlyIfItWasMadeHere() {
    var own = new UninstallFacts("id-1", Supervision.SYSTEMD_SYSTEM, UNIT, MADE, false, true);
    var foreign =
        new UninstallFacts(
            "id-1",
            Supervision.DAEMON,
            UNIT,
            new UninstallFacts.Account("nobody", false),
            false,
            true);

    assertThat(UninstallPlan.of(own).names())
        .containsExactly("stop", "unit", "working", "programs", "data", "account", "instance");
    assertThat(UninstallPlan.of(foreign).names())
        .containsExactly("stop", "working", "programs", "data", "instance");
    assertThat(FactsJson.uninstall(Json.parseObject(Json.text(FactsJson.of(own))))).isEqualTo(own);
  }

  @Test
  void aServerOfSomebodyElseKeepsNoLogOnceNobodyReadsItAndBeforeItsPasswordIsGone() {
    var facts = new UninstallFacts("id-1", Supervision.DAEMON, UNIT, MADE, true, true);

    assertThat(UninstallPlan.of(facts).names()).startsWith("stop", "slots", "working");
    assertThat(step(UninstallPlan.of(facts), "slots").forward()).isEqualTo(new Action.DropSlots());
    assertThat(FactsJson.uninstall(Json.parseObject(Json.text(FactsJson.of(facts)))))
        .isEqualTo(facts);
  }

  private static Plan plan(Found found, Supervision supervision) {
    return InstallPlan.of(facts(found, supervision));
  }

  private static InstallFacts facts(Found found, Supervision supervision) {
    return new InstallFacts(
        "id-1",
        found,
        new InstallFacts.Ordered("site:\n  name: a\n", "ada@example.org"),
        Ports.embedded(5433),
        new InstallFacts.Host("pg", supervision),
        UNIT);
  }

  private static Step step(Plan plan, String name) {
    Optional<Step> found =
        plan.steps().stream().filter(step -> step.name().equals(name)).findFirst();
    return found.orElseThrow();
  }
}
