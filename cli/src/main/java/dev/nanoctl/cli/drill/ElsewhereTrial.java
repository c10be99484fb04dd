package dev.nanoctl.cli.drill;

import dev.nanoctl.appliance.postgres.OpenedCluster;
import dev.nanoctl.appliance.postgres.SpareCluster;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.cli.backup.SiteVault;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings up what the newest backup holds of a server that somebody else runs: tables, or its
 * cluster.
 */
final class ElsewhereTrial implements Trial {
  private final SiteVault vault;
  private Trial trial;

  ElsewhereTrial(SiteVault vault) {
    this.vault = vault;
    this.trial = new TablesTrial(vault);
  }

  @Override
  public Subject choose(boolean sampled, Instant began) throws IOException {
    if (!Catalogue.in(vault.vault().newest().manifest())) {
      trial = new ClusterTrial(vault, true, new SecureRandom());
    }
    return trial.choose(sampled, began);
  }

  @Override
  public Up bringUp(SpareCluster spare, Consumer<String> news)
      throws IOException, InterruptedException, SQLException {
    return trial.bringUp(spare, news);
  }

  @Override
  public Optional<Instant> newest(OpenedCluster cluster) throws IOException, InterruptedException {
    return trial.newest(cluster);
  }
}
