package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.backup.SiteVault;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.cli.output.Amounts;
import dev.nanoctl.cli.restore.TablesLoad;
import dev.nanoctl.cli.restore.WholeBackups;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the tables of a backup into a PostgreSQL of its own, as a restore would. */
final class TablesTrial implements Trial {
  private static final Duration START = Duration.ofMinutes(2);

  private final SiteVault vault;
  private Optional<Snapshot> snapshot = Optional.empty();

  TablesTrial(SiteVault vault) {
    this.vault = vault;
  }

  /** There is nothing between backups to choose a moment from. */
  @Override
  public Subject choose(boolean sampled, Instant began) throws IOException {
    Snapshot newest = WholeBackups.newest(vault.vault(), new RecoveryWish.Newest());
    snapshot = Optional.of(newest);
    return new Subject(newest, new RecoveryWish.Newest());
  }

  @Override
  public Up bringUp(SpareCluster spare, Consumer<String> news)
      throws IOException, InterruptedException, SQLException {
    Snapshot chosen = snapshot.orElseThrow();
    news.accept("making a PostgreSQL");
    Secret superuser = FreshSecrets.random();
    spare.create(superuser);
    OpenedCluster opened = spare.open(superuser, START);
    boolean complete = false;
    try {
      var login = new DatabaseLogin(DatabaseLogin.OWNER, FreshSecrets.random());
      DatabaseAddress database = makeDatabase(opened.address(), login);
      news.accept("bringing in the backup of " + chosen.manifest().cut());
      Catalogue catalogue = TablesLoad.whole(database, chosen);
      complete = true;
      return new Up(opened, check(catalogue), Instance.DATABASE, login);
    } finally {
      if (!complete) {
        opened.close();
      }
    }
  }

  private static DatabaseAddress makeDatabase(DatabaseAddress root, DatabaseLogin login)
      throws SQLException {
    root.execute("CREATE ROLE %s LOGIN".formatted(login.role()));
    DatabaseRoles.admit(root, login);
    root.execute("CREATE DATABASE %s OWNER %s".formatted(Instance.DATABASE, login.role()));
    return new DatabaseAddress(root.port(), Instance.DATABASE, login.role(), login.password());
  }

  private static Check check(Catalogue catalogue) {
    return new Check(
        "load",
        true,
        "%s of PostgreSQL %s with every row were brought into this one"
            .formatted(
                Amounts.count(catalogue.tables().size(), "table", "tables"), catalogue.server()));
  }

  @Override
  public Optional<Instant> newest(OpenedCluster cluster) {
    return snapshot.map(taken -> taken.manifest().cut());
  }
}
