package dev.nanoctl.appliance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.journal.Journal;
import dev.nanoctl.appliance.journal.JournalLine;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final Release OLD = new Release("app:old", "0.1.0", "037");
  private static final Release NEW = new Release("app:new", "0.1.0", "");
  private static final Instant NOW = Instant.parse("2026-11-21T13:00:00Z");

  @TempDir private Path folder;
  private final FakeStack stack = new FakeStack();
  private final FakeDatabase database = new FakeDatabase();
  private Layout layout = new Layout(new SiteFolder(Path.of("/none")));

  @BeforeEach
  void site() throws IOException {
    layout = new Layout(new SiteFolder(folder));
    Files.createDirectories(layout.state());
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("nanoctl.yml"), "site:\n  engine: docker\n");
    Releases.first(OLD).write(layout);
    stack.start(OLD.image(), 1);
  }

  private Fleet fleet(Release program) {
    return fleet(program, line -> {});
  }

  private Fleet fleet(Release program, Journal.Hook hook) {
    var parts = new Fleet.Parts(stack, database, database, new Fleet.Known(OLD, program));
    return new Fleet(layout, parts, InstantSource.fixed(NOW), hook);
  }

  private int noted() {
    return new SiteConfigFile(layout.site().config()).load().docker().apps();
  }

  private Problem problem(ThrowingRunnable work) {
    var caught = new ArrayList<Problem>();
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(ProblemException.class, e -> caught.add(e.problem()));
    return caught.getFirst();
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  @Test
  void scalingUpAndDownKeepsTheNumberAndTheOldestContainers() throws Exception {
    fleet(OLD).scale(5, Progress.SILENT);
    assertThat(stack.apps()).hasSize(5);
    assertThat(noted()).isEqualTo(5);
    fleet(OLD).scale(2, Progress.SILENT);
    assertThat(stack.apps()).extracting(AppContainer::id).containsExactly("c1", "c2");
    assertThat(noted()).isEqualTo(2);
    assertThat(new Journal(layout.journal(), InstantSource.fixed(NOW), line -> {}).unfinished())
        .isEmpty();
  }

  @Test
  void containersThatDoNotBecomeWellAreRemovedAgain() {
    stack.breakImage(OLD.image());
    Problem problem = problem(() -> fleet(OLD).scale(3, Progress.SILENT));
    assertThat(problem).isInstanceOf(Problem.RolledBack.class);
    assertThat(problem.message()).contains("NC-APP-UNHEALTHY").contains("no such table: nano");
    assertThat(stack.apps()).extracting(AppContainer::id).containsExactly("c1");
    assertThat(noted()).isEqualTo(1);
  }

  @Test
  void anUpgradeReplacesOneByOneAndNeverHasFewerThanBefore() throws Exception {
    fleet(OLD).scale(3, Progress.SILENT);
    stack.fewest();
    fleet(NEW).upgrade(false, Progress.SILENT);
    assertThat(stack.images()).containsOnly(NEW.image()).hasSize(3);
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(3);
    assertThat(stack.most()).isEqualTo(4);
    assertThat(stack.built(NEW.image())).isTrue();
    Releases noted = Releases.find(layout).orElseThrow();
    assertThat(noted.now()).isEqualTo(new Release(NEW.image(), "0.1.0", "037"));
    assertThat(noted.before()).isEqualTo(OLD);
    assertThat(database.names()).containsExactly(noted.copy());
  }

  @Test
  void twoUpgradesLaterAnImageIsGoneAndTheOneToGoBackToIsNot() throws Exception {
    fleet(NEW).upgrade(false, Progress.SILENT);
    assertThat(stack.events()).noneMatch(event -> event.startsWith("drop "));
    fleet(new Release("app:newer", "0.1.0", "")).upgrade(false, Progress.SILENT);
    assertThat(stack.events())
        .filteredOn(event -> event.startsWith("drop "))
        .containsExactly("drop app:old");
    assertThat(Releases.find(layout).orElseThrow().before().image()).isEqualTo(NEW.image());
  }

  @Test
  void anUpgradeThatFailsGoesBackAndKeepsWhatWasWrittenMeanwhile() throws Exception {
    fleet(OLD).scale(2, Progress.SILENT);
    stack.breakImage(NEW.image());
    database.migrate("038", "037");
    Problem problem = problem(() -> fleet(NEW).upgrade(false, Progress.SILENT));
    assertThat(problem).isInstanceOf(Problem.RolledBack.class);
    assertThat(stack.images()).containsOnly(OLD.image()).hasSize(2);
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(1);
    assertThat(database.events()).isEmpty();
    assertThat(database.version()).isEqualTo("038");
    assertThat(database.names()).isEmpty();
    assertThat(Releases.find(layout).orElseThrow().now()).isEqualTo(OLD);
  }

  @Test
  void anUpgradeThatFailsPastTheFloorPutsTheDatabaseBack() {
    stack.breakImage(NEW.image());
    Journal.Hook migrating =
        line -> {
          if (line.event() == JournalLine.Event.STEP && line.name().equals("lead")) {
            database.migrate("040", "040");
          }
        };
    problem(() -> fleet(NEW, migrating).upgrade(false, Progress.SILENT));
    assertThat(database.events()).containsExactly("put back 20261121-130000");
    assertThat(database.version()).isEqualTo("037");
    assertThat(stack.images()).containsExactly(OLD.image());
  }

  @Test
  void withoutACopyNothingIsTouched() {
    database.fillDisk();
    assertThat(problem(() -> fleet(NEW).upgrade(false, Progress.SILENT)).message())
        .contains("the disk is full");
    assertThat(stack.events()).containsExactly("start c1 app:old");
  }

  @Test
  void theSameReleaseAgainChangesNothing() throws Exception {
    assertThat(fleet(OLD).upgrade(false, Progress.SILENT).steps()).isEmpty();
    assertThat(new Journal(layout.journal(), InstantSource.fixed(NOW), line -> {}).lines())
        .isEmpty();
  }

  @Test
  void anUpgradeThatSkipsARelaseIsRefused() throws IOException {
    Releases.first(new Release("app:ancient", "0.0.1", "001")).write(layout);
    assertThat(problem(() -> fleet(NEW).planUpgrade(false)).code()).isEqualTo("NC-UPGRADE-SKIPS");
  }

  @Test
  void aRehearsalLeavesWhatRunsAlone() throws Exception {
    fleet(NEW).upgrade(true, Progress.SILENT);
    assertThat(database.events()).containsExactly("rehearse app:new on 20261121-130000");
    assertThat(database.names()).isEmpty();
    assertThat(stack.images()).containsExactly(OLD.image());
    assertThat(Releases.find(layout).orElseThrow().now()).isEqualTo(OLD);
  }

  @Test
  void aRollbackReplacesOneByOneWhereTheSchemaAllowsIt() throws Exception {
    fleet(NEW).upgrade(false, Progress.SILENT);
    database.migrate("039", "037");
    fleet(NEW).rollback(Progress.SILENT);
    assertThat(stack.images()).containsExactly(OLD.image());
    assertThat(database.events()).isEmpty();
    assertThat(problem(() -> fleet(NEW).rollback(Progress.SILENT)).code())
        .isEqualTo("NC-ROLLBACK-NOTHING");
  }

  @Test
  void aRollbackPutsTheDatabaseBackWhereTheSchemaMovedTooFar() throws Exception {
    fleet(NEW).upgrade(false, Progress.SILENT);
    database.migrate("040", "040");
    fleet(NEW).rollback(Progress.SILENT);
    assertThat(database.events()).containsExactly("put back 20261121-130000");
    assertThat(stack.images()).containsExactly(OLD.image());
  }

  @Test
  void killedAtAnyLineOfItsJournalAnUpgradeIsFinishedOrUndone() throws Exception {
    for (int line = 1; line < 16; line++) {
      int last = line;
      var written = new int[1];
      Journal.Hook halting =
          at -> {
            if (++written[0] == last) {
              throw new Killed();
            }
          };
      Releases.first(OLD).write(layout);
      try {
        fleet(NEW, halting).upgrade(false, Progress.SILENT);
      } catch (ProblemException | Killed e) {
        fleetResumed();
      }
      assertThat(stack.images()).as("line " + line).containsExactly(NEW.image());
      fleet(NEW).rollback(Progress.SILENT);
    }
  }

  private void fleetResumed() {
    var journal = new Journal(layout.journal(), InstantSource.fixed(NOW), line -> {});
    if (journal.unfinished().isPresent()) {
      fleet(NEW).resume(Progress.SILENT);
    }
  }

  /** Stands for kill -9: nothing that could undo sees it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}
