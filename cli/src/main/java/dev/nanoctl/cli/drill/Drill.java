package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.restore.RestoreCheck;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.cli.restore.SiteFiles;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
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
  /** A commit has to follow the moment that is restored; a heartbeat comes every five minutes. */
  private static final Duration MARGIN = Duration.ofMinutes(6);

  private static final Duration BEAT = Duration.ofMinutes(1);
  private static final Duration REPLAY = Duration.ofHours(12);
  private static final int THREADS = 4;

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
  private final Place place;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<String> news;
  private final List<Check> checks = new ArrayList<>();

  Drill(
      SiteVault vault,
      Place place,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> news) {
    this.vault = vault;
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
    Optional<Recovery> recovery = Optional.empty();
    RecoveryWish wish = new RecoveryWish.Newest();
    Measured measured = new Measured(Duration.ZERO, Optional.empty());
    try {
      Recovery newest = Recovery.choose(vault.vault(), vault.log(), wish);
      wish = sampled ? wish : moment(newest.snapshot().manifest(), began);
      Recovery chosen = Recovery.choose(vault.vault(), vault.log(), wish);
      recovery = Optional.of(chosen);
      checks.add(new ObjectChecks(chosen.snapshot(), random, news).check(sampled));
      measured = restore(chosen, wish, began);
    } catch (ProblemException e) {
      checks.add(new Check("restore", false, said(e.problem())));
    } catch (IOException | SQLException e) {
      checks.add(new Check("restore", false, String.valueOf(e.getMessage())));
    } finally {
      remove();
    }
    String backup = recovery.map(r -> r.snapshot().manifest().id().toString()).orElse("none");
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

  private RecoveryWish moment(SnapshotManifest manifest, Instant now) {
    // the heartbeat of the backup, which has to be there, comes soon after the cut
    Instant first = manifest.cut().plus(BEAT);
    long window = Duration.between(first, now.minus(MARGIN)).toMillis();
    return window <= 0
        ? new RecoveryWish.Newest()
        : new RecoveryWish.At(first.plusMillis(random.nextLong(window)));
  }

  private Measured restore(Recovery recovery, RecoveryWish wish, Instant began)
      throws IOException, InterruptedException, SQLException {
    Snapshot snapshot = recovery.snapshot();
    news.accept("fetching the backup of " + snapshot.manifest().cut());
    Files.createDirectories(place.folder());
    new ClusterRestore(snapshot, vault.log(), THREADS).write(recovery.plan(), place.spare().data());
    news.accept("replaying the log");
    try (var restored = place.spare().open(secret(snapshot, SecretNames.POSTGRES), REPLAY)) {
      DatabaseAddress root = restored.address();
      checks.add(replayed(recovery, root));
      Optional<Instant> newest = restored.stoppedBefore();
      DatabaseAddress site = root.in(dev.nanoctl.appliance.Instance.DATABASE);
      long listed;
      Instant checking = clock.instant();
      try (var database = new DatabaseChecks(site)) {
        newest = newest.or(() -> lastReplayed(database));
        news.accept("looking at the database");
        look(database, snapshot.manifest().facts(), wish);
        listed = database.listed();
      }
      Duration spent = Duration.between(checking, clock.instant());
      news.accept("asking the server");
      // the application's password may have changed between the backup and that moment
      DatabaseLogin login = DatabaseLogin.of(secret(snapshot, SecretNames.DATABASE));
      DatabaseRoles.admitOnly(root, login);
      checks.add(new ServerCheck(place.folder(), site, login).ask(listed));
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

  private static Check replayed(Recovery recovery, DatabaseAddress address) throws IOException {
    var server = ServerAddress.local(address.port(), address.user(), address.password());
    long systemId = recovery.snapshot().manifest().database().orElseThrow().systemId();
    var end = RestoreCheck.require(recovery.plan(), systemId, server);
    return new Check(
        "log",
        true,
        "%d segments were replayed up to %s".formatted(recovery.plan().segments().size(), end));
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

  private static Secret secret(Snapshot snapshot, String name) throws IOException {
    return SiteFiles.secret(snapshot, name)
        .orElseThrow(() ->
            new Problem.Verification(
                    "NC-DRILL-SECRET",
                    "the backup does not hold the secret " + name,
                    "nanoctl backup create, then drill again")
                .raise());
  }

  private void remove() throws InterruptedException {
    try {
      place.remove();
    } catch (IOException e) {
      checks.add(new Check("clean-up", false, String.valueOf(e.getMessage())));
    }
  }
}
