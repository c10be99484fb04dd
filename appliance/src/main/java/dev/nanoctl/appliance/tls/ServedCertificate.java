package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.Pem;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that the server shows to browsers.
 *
 * @param mode where it comes from
 * @param host the name people open, which it should be for
 * @param names the names and addresses it is for
 * @param life from when until when it is valid; empty where it cannot be read
 * @param shown false when the server answers with another one than the one in its files
 * @param trouble why it cannot be read, or why the authority gave no newer one; else empty
 */
public record ServedCertificate(
    TlsMode mode,
    String host,
    List<String> names,
    Optional<Life> life,
    boolean shown,
    Optional<Problem> trouble) {
  /** When a certificate is valid. */
  public record Life(Instant from, Instant until) {}

  /** Keeps its own copy of the names. */
  public ServedCertificate {
    names = List.copyOf(names);
  }

  /** The certificate of a site; empty without TLS, and before the first start made one. */
  public static Optional<ServedCertificate> of(Layout layout, SiteConfig config) {
    TlsMode mode = config.server().tls().mode();
    Path file = file(layout, config);
    boolean made = mode == TlsMode.SELF_SIGNED || mode == TlsMode.ACME;
    if (mode == TlsMode.OFF || (made && !Files.exists(file))) {
      return Optional.empty();
    }
    return Optional.of(read(layout, config, file));
  }

  /** The file with the certificate. */
  static Path file(Layout layout, SiteConfig config) {
    return switch (config.server().tls().mode()) {
      case OFF, SELF_SIGNED -> layout.certificate();
      case FILES -> layout.site().resolve(config.server().tls().certificate().orElse(Path.of("")));
      case ACME -> new PairStore(layout.pairs()).files().certificates();
    };
  }

  private static ServedCertificate read(Layout layout, SiteConfig config, Path file) {
    TlsMode mode = config.server().tls().mode();
    String host = HostNames.bare(config.url().getHost());
    try {
      X509Certificate certificate = Pem.certificates(Files.readAllBytes(file)).getFirst();
      Optional<Problem> trouble =
          mode == TlsMode.ACME
              ? new AcmeRenewal(layout, config, InstantSource.system()).trouble(certificate)
              : Optional.empty();
      return new ServedCertificate(
          mode,
          host,
          Pem.names(certificate),
          Optional.of(
              new Life(
                  certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant())),
          ServedLook.at(config).map(certificate::equals).orElse(true),
          trouble);
    } catch (IOException e) {
      return unreadable(mode, host, file + " cannot be read");
    } catch (CertificateException e) {
      return unreadable(mode, host, file + " is no PEM certificate");
    }
  }

  private static ServedCertificate unreadable(TlsMode mode, String host, String why) {
    return new ServedCertificate(
        mode,
        host,
        List.of(),
        Optional.empty(),
        true,
        Optional.of(
            new Problem.Configuration(
                "NC-TLS-FILES", why, "put a certificate and its key in place")));
  }

  /** Whether nanoctl made it, and renews it. */
  public boolean own() {
    return mode == TlsMode.SELF_SIGNED;
  }

  /** When it ends; empty where it cannot be read. */
  public Optional<Instant> until() {
    return life.map(Life::until);
  }

  /** Whether browsers find the host among its names. */
  public boolean matches() {
    return HostNames.cover(names, host);
  }
}
