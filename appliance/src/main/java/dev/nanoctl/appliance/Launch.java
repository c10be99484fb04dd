package dev.nanoctl.appliance;

import dev.nanoctl.core.site.SiteFolder;
import java.util.List;

/**
 * How this program starts itself again: what the composition root knows and the appliance needs.
 */
public interface Launch {
  /** The command line of {@code nanoctl agent} for that site. */
  List<String> agent(SiteFolder site);

  /** The command line of {@code nanoctl serve} for that site. */
  List<String> server(SiteFolder site);

  /** The command line that renews that site's certificate when it is time to. */
  List<String> renewal(SiteFolder site);

  /** The command line of the process that keeps that site's backups. */
  List<String> backups(SiteFolder site);

  /** The version of this program. */
  String version();
}
