package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.tls.CertificateView;
import dev.nanoctl.core.site.SiteFolder;
import java.net.URI;
import java.nio.file.Path;

/** What can be done with the certificate of an instance. */
public interface Certs {
  /** What there is to be known about it. */
  CertificateView view(SiteFolder site);

  /** Gets a new one if it is time to; whether there is one. */
  boolean renewWhenDue(SiteFolder site);

  /** Gets a new one now; whether it is shown already. */
  boolean renew(SiteFolder site);

  /** Tries out whether one would be got; whom it asked. */
  URI rehearse(SiteFolder site);

  /** Finds out whether these files can be served, and changes nothing. */
  void check(SiteFolder site, Path certificate, Path key);

  /** Serves these files from now on. */
  Taken take(SiteFolder site, Path certificate, Path key);

  /** Serves the pair before the current one again. */
  Taken back(SiteFolder site);

  /** How a pair came to be served. */
  enum Taken {
    /** Browsers see it. */
    SHOWN,
    /** It is in place; the server was not seen to show it. */
    IN_PLACE,
    /** The configuration changed with it, and only a restart reads that. */
    AFTER_RESTART
  }
}
