package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.Pem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that the server shows to browsers.
 *
 * @param own whether nanoctl made it, and renews it
 * @param host the name people open, which it should be for
 * @param names the names and addresses it is for
 * @param until when it ends; empty where it cannot be read
 * @param problem why it cannot be read; else empty
 */
public record ServedCertificate(
    boolean own, String host, List<String> names, Optional<Instant> until, String problem) {
  /** Keeps its own copy of the names. */
  public ServedCertificate {
    names = List.copyOf(names);
  }

  /** The certificate of a site; empty without TLS, and before the first start made one. */
  public static Optional<ServedCertificate> of(Layout layout, SiteConfig config) {
    TlsMode mode = config.server().tls().mode();
    Path file =
        switch (mode) {
          case OFF, SELF_SIGNED, ACME -> layout.certificate();
          case FILES ->
              layout.site().resolve(config.server().tls().certificate().orElse(Path.of("")));
        };
    if (mode == TlsMode.OFF || (mode != TlsMode.FILES && !Files.exists(file))) {
      return Optional.empty();
    }
    return Optional.of(read(file, mode == TlsMode.SELF_SIGNED, config.url().getHost()));
  }

  private static ServedCertificate read(Path file, boolean own, String urlHost) {
    String host = urlHost.replace("[", "").replace("]", "");
    try {
      X509Certificate certificate = Pem.certificates(Files.readAllBytes(file)).getFirst();
      return new ServedCertificate(
          own,
          host,
          Pem.names(certificate),
          Optional.of(certificate.getNotAfter().toInstant()),
          "");
    } catch (IOException e) {
      return new ServedCertificate(
          own, host, List.of(), Optional.empty(), file + " cannot be read");
    } catch (CertificateException e) {
      return new ServedCertificate(
          own, host, List.of(), Optional.empty(), file + " is no PEM certificate");
    }
  }

  /** Whether browsers find the host among its names. */
  public boolean matches() {
    int dot = host.indexOf('.');
    return names.stream()
        .anyMatch(name ->
            name.equalsIgnoreCase(host)
                || (dot > 0 && name.equalsIgnoreCase("*" + host.substring(dot))));
  }
}
