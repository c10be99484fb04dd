package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
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
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
      return new ServedCertificate(
          own, host, names(certificate), Optional.of(certificate.getNotAfter().toInstant()), "");
    } catch (IOException e) {
      return new ServedCertificate(
          own, host, List.of(), Optional.empty(), file + " cannot be read");
    } catch (CertificateException e) {
      return new ServedCertificate(
          own, host, List.of(), Optional.empty(), file + " is no PEM certificate");
    }
  }

  private static List<String> names(X509Certificate certificate) throws CertificateException {
    var names = new ArrayList<String>();
    var alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
    }
    return names;
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
