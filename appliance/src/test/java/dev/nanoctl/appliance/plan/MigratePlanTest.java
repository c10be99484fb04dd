package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Ports;
import dev.nanoctl.appliance.plan.MigrateAction.Side;
import dev.nanoctl.core.site.SiteConfig.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigratePlanTest {
  private static final Side BEFORE =
      new Side("site:\n  name: a\n", Ports.embedded(5001), "nanoctl-postgres");
  private static final Side AFTER =
      new Side(
          "site:\n  engine: docker\n",
          new Ports(Engine.DOCKER, Map.of("postgres", 5002, "objects", 5003)),
          "root");

  private static MigrateFacts facts(boolean bundledStore) {
    return new MigrateFacts(
        "id-1",
        BEFORE,
        AFTER,
        Supervision.DAEMON,
        List.of("search-master-key"),
        List.of("postgres", "search", "objects"),
        bundledStore);
  }

  @Test
  void theImageIsMadeWhileTheProcessesAnswerAndTheirDataAreMovedLast() {
    List<String> names = names(MigratePlan.of(facts(true)));
    assertThat(names).startsWith("image", "stop").endsWith("aside");
    assertThat(names).containsSubsequence("engine", "services", "data", "packages", "up", "start");
  }

  @Test
  void anUndoEndsWithTheProcessesRunningAsTheyWere() {
    List<Action> undone =
        MigratePlan.of(facts(true)).steps().reversed().stream()
            .flatMap(step -> step.undo().stream())
            .toList();
    assertThat(undone)
        .containsSubsequence(
            new ContainerAction.StopAgent(Supervision.DAEMON),
            new ContainerAction.Remove("id-1", true),
            new MigrateAction.Become(BEFORE),
            new Action.Remove(List.of("secrets/search-master-key")),
            new Action.RenderFiles(),
            new Action.StartAgent(Supervision.DAEMON));
  }

  @Test
  void packagesInABucketOfTheirOwnersStayThere() {
    assertThat(names(MigratePlan.of(facts(false)))).doesNotContain("bucket", "packages");
  }

  @Test
  void factsComeBackFromTheJournalAsTheyWere() {
    assertThat(FactsJson.migrate(FactsJson.of(facts(true)))).isEqualTo(facts(true));
  }

  private static List<String> names(Plan plan) {
    return plan.steps().stream().map(Step::name).toList();
  }
}
