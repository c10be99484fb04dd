package dev.nanoctl.cli.data;

import dev.nanoctl.cli.command.Upkeep;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.audit.AuditTrail;

/** Looks after an instance's data in its database. */
public final class SiteUpkeep implements Upkeep {
  private final SiteDatabase database;

  /** Upkeep of the databases of instances. */
  public SiteUpkeep(SiteDatabase database) {
    this.database = database;
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
