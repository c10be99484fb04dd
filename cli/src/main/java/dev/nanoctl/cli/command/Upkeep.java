package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import java.util.OptionalLong;

/** What an instance's data need now and then. */
public interface Upkeep {
  /**
   * What checking the audit log came to.
   *
   * @param checked how many entries were read
   * @param firstBroken the number of the first entry that was changed, or that follows a gap
   */
  record AuditCheck(long checked, OptionalLong firstBroken) {}

  /** Reads the whole audit log and checks its chain of hashes. */
  AuditCheck verifyAudit(SiteFolder site);
}
