package dev.nanoctl.cli.data;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.cli.serve.ServerSettings;
import dev.nanoctl.cli.serve.SiteObjects;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.audit.AuditTrail;
import dev.nanoctl.server.main.Market;
import dev.nanoctl.server.media.store.ObjectCopy;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.search.Reindexing;

/** Looks after an instance's data in its database. */
public final class SiteUpkeep implements Upkeep {
  private final SiteDatabase database;

  /** Upkeep of the databases of instances. */
  public SiteUpkeep(SiteDatabase database) {
    this.database = database;
  }

  @Override
  public long reindex(SiteFolder site, Counter counter) {
    return database.with(
        site,
        2,
        session -> {
          var platform = session.platform();
          var reindexing =
              new Reindexing(
                  platform.jdbi(),
                  platform.jobs(),
                  new Market(platform).catalogue(),
                  ServerSettings.search(session.instance()));
          return reindexing.run(counter::at);
        });
  }

  @Override
  public Copied copyObjects(SiteFolder site, Counter counter) {
    Instance instance = Instance.require(site);
    SiteConfig config = new SiteConfigFile(site.config()).load();
    try (ObjectStore from = SiteObjects.other(instance, config).open();
        ObjectStore to = SiteObjects.of(instance, config).open()) {
      ObjectCopy.Outcome outcome = new ObjectCopy(from, to).run(counter::at);
      return new Copied(outcome.copied(), outcome.present(), outcome.bytes());
    } catch (ObjectStoreException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE", e.problem().message(), "nanoctl doctor, then repeat it")
          .raise(e);
    }
  }

  @Override
  public AuditCheck verifyAudit(SiteFolder site) {
    return database.with(
        site,
        1,
        session -> {
          var verdict = new AuditTrail(session.platform().jdbi()).verify();
          return new AuditCheck(verdict.checked(), verdict.firstBroken());
        });
  }
}
