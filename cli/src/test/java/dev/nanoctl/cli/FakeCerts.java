package dev.nanoctl.cli;

import dev.nanoctl.appliance.tls.CertificateView;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.cli.command.Certs;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A certificate that is got and taken without asking anyone. */
record FakeCerts(Optional<ServedCertificate> served) implements Certs {
  @Override
  public CertificateView view(SiteFolder site) {
    return new CertificateView(
        served,
        "CN=An Authority",
        "ab".repeat(32),
        served.flatMap(ServedCertificate::until).map(until -> until.minusSeconds(2_592_000)),
        true);
  }

  @Override
  public boolean renewWhenDue(SiteFolder site) {
    return false;
  }

  @Override
  public boolean renew(SiteFolder site) {
    return true;
  }

  @Override
  public URI rehearse(SiteFolder site) {
    return URI.create("https://rehearsal.example/dir");
  }

  @Override
  public void check(SiteFolder site, Path certificate, Path key) {
    if (certificate.toString().startsWith("foreign")) {
      throw new Problem.Configuration(
              "NC-TLS-NAME", "the certificate is for b.example", "get one for that name")
          .raise();
    }
  }

  @Override
  public Taken take(SiteFolder site, Path certificate, Path key) {
    check(site, certificate, key);
    return Taken.AFTER_RESTART;
  }

  @Override
  public Taken back(SiteFolder site) {
    return Taken.SHOWN;
  }
}
