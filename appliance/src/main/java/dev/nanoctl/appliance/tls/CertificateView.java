package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.tls.RenewalRule.Action;
import dev.nanoctl.core.Pem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What there is to be known about a site's certificate.
 *
 * @param served the certificate; empty without TLS, and before the first start made one
 * @param issuer who signed it, as the certificate says; empty where it cannot be read
 * @param fingerprint its SHA-256 in hexadecimal digits; empty where it cannot be read
 * @param next when the authority is asked for the next one; empty where none is asked
 * @param previous whether there is an earlier one to go back to
 */
public record CertificateView(
    Optional<ServedCertificate> served,
    String issuer,
    String fingerprint,
    Optional<Instant> next,
    boolean previous) {

  static CertificateView of(
      Layout layout, SiteConfig config, PairStore store, AcmeRenewal renewal, InstantSource clock) {
    Optional<ServedCertificate> served = ServedCertificate.of(layout, config);
    Optional<X509Certificate> leaf =
        served.flatMap(_ -> leaf(ServedCertificate.file(layout, config)));
    return new CertificateView(
        served,
        leaf.map(one -> one.getIssuerX500Principal().getName()).orElse(""),
        leaf.map(TlsPair::fingerprint).orElse(""),
        config.server().tls().mode() == TlsMode.ACME
            ? Optional.of(next(renewal, clock))
            : Optional.empty(),
        store.hasPrevious());
  }

  private static Instant next(AcmeRenewal renewal, InstantSource clock) {
    AcmeState state = renewal.state();
    return switch (renewal.next()) {
      case Action.Wait(Instant until) -> until;
      case Action.Ask _ ->
          renewal
              .present(state)
              .map(present -> RenewalRule.due(present, state.window()))
              .orElseGet(clock::instant);
      case Action.Renew _ -> clock.instant();
    };
  }

  /** The first certificate of a file. */
  static Optional<X509Certificate> leaf(Path file) {
    try {
      return Optional.of(Pem.certificates(Files.readAllBytes(file)).getFirst());
    } catch (IOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }
}
