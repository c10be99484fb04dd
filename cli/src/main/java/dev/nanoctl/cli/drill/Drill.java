package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Restores the newest backup into a PostgreSQL of its own, away from the live site, looks at what
 * came back, and asks the server on it. It reads the repository and nothing of the site: keys and
 * passwords come out of the backup.
 */
final class Drill {
  /**
   * Where a drill runs.
   *
   * @param folder is made, and gone afterwards
   * @param spare where the cluster lies; below that folder, or elsewhere
   */
  record Place(Path folder, SpareCluster spare) {
    /** Ends what runs there and removes all of it, also what a killed drill left. */
    void remove() throws IOException, InterruptedException {
      spare.remove();
      Trees.delete(folder);
    }
  }

  private final SiteVault vault;
  private final Trial trial;
  private final Place place;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<String> news;
  private final List<Check> checks = new ArrayList<>();

  Drill(
      SiteVault vault,
      Trial trial,
      Place place,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> news) {
    this.vault = vault;
    this.trial = trial;
    this.place = place;
    this.clock = clock;
    this.random = random;
    this.news = news;
  }

  /**
   * Drills; what is not well is in the report.
   *
   * @param sampled reads few objects, and restores all there is instead of a random moment
   */
  DrillReport run(String site, boolean sampled) throws InterruptedException {
    Instant began = clock.instant();
    String id = began.truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "");
    Optional<Trial.Subject> subject = Optional.empty();
    Measured measured = new Measured(Duration.ZERO, Optional.empty());
    try {
      Trial.Subject chosen = trial.choose(sampled, began);
      subject = Optional.of(chosen);
      checks.add(new ObjectChecks(chosen.snapshot(), random, news).check(sampled));
      measured = restore(chosen, began);
    } catch (ProblemException e) {
      checks.add(new Check("restore", false, said(e.problem())));
    } catch (IOException | SQLException e) {
      checks.add(new Check("restore", false, String.valueOf(e.getMessage())));
    } finally {
      remove();
    }
    String backup = subject.map(s -> s.snapshot().manifest().id().toString()).orElse("none");
    RecoveryWish wish = subject.map(Trial.Subject::wish).orElseGet(RecoveryWish.Newest::new);
    long rpo = measured.newest().map(n -> Duration.between(n, began).toSeconds()).orElse(-1L);
    return new DrillReport(
        id,
        new DrillReport.Target(site, vault.target().place().shown(), backup, wish.text()),
        new DrillReport.Times(began, Math.max(rpo, -1), measured.back().toSeconds()),
        checks);
  }

  /**
   * What was measured.
   *
   * @param back how long it took until the restored server answered
   * @param newest when the newest commit was made that the log is known to hold
   */
  private record Measured(Duration back, Optional<Instant> newest) {}

  private static String said(Problem problem) {
    return problem.code() + ": " + problem.message();
  }

  private Measured restore(Trial.Subject subject, Instant began)
      throws IOException, InterruptedException, SQLException {
    Files.createDirectories(place.folder());
    Trial.Up up = trial.bringUp(place.spare(), news);
    try (OpenedCluster cluster = up.cluster()) {
      checks.add(up.check());
      DatabaseAddress root = cluster.address();
      Optional<Instant> newest = trial.newest(cluster);
      DatabaseAddress site = root.in(up.database());
      long listed;
      Instant checking = clock.instant();
      try (var database = new DatabaseChecks(site)) {
        newest = newest.or(() -> lastReplayed(database));
        news.accept("looking at the database");
        look(database, subject.snapshot().manifest().facts(), subject.wish());
        listed = database.listed();
      }
      Duration spent = Duration.between(checking, clock.instant());
      news.accept("asking the server");
      checks.add(new ServerCheck(place.folder(), site, up.login()).ask(listed));
      return new Measured(Duration.between(began, clock.instant()).minus(spent), newest);
    }
  }

  private static Optional<Instant> lastReplayed(DatabaseChecks database) {
    try {
      return database.lastReplayed();
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private void look(DatabaseChecks database, Map<String, String> facts, RecoveryWish wish)
      throws SQLException {
    checks.add(database.rows(facts));
    checks.add(database.schema(facts));
    checks.add(database.foreignKeys());
    checks.add(database.indexes());
    checks.add(
        database.ledger(
            facts, wish instanceof RecoveryWish.At at ? Optional.of(at.time()) : Optional.empty()));
  }

  private void remove() throws InterruptedException {
    try {
      place.remove();
    } catch (IOException e) {
      checks.add(new Check("clean-up", false, String.valueOf(e.getMessage())));
    }
  }
}
