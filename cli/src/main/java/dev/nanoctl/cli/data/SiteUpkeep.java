package dev.nanoctl.cli.data;

import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.cli.serve.ServerSettings;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.audit.AuditTrail;
import dev.nanoctl.server.main.Market;
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
                  ServerSettings.index(site));
          return reindexing.run(counter::at);
        });
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
