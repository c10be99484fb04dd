package dev.nanoctl.server.http;

import io.helidon.common.tls.Tls;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificate that is served now, read from its files. */
final class ServedTls {
  private final HttpConfig.Tls files;
  private volatile @Nullable X509Certificate certificate;
  private volatile boolean own;

  ServedTls(HttpConfig.Tls files) {
    this.files = files;
  }

  HttpConfig.Tls files() {
    return files;
  }

  /** Reads the files; what they hold counts as served from then on. */
  Tls load() {
    PemTls.Read read = PemTls.read(files);
    certificate = read.certificate();
    own = signedByOwnAuthority(read.certificate());
    return read.tls();
  }

  /** Whether browsers are to refuse the site without encryption for a year. */
  boolean insists() {
    return !own;
  }

  /** Tells in {@code /metrics} when the certificate ends. */
  void register(PrometheusRegistry metrics) {
    GaugeWithCallback.builder()
        .name("nanoctl_certificate_not_after_seconds")
        .help("When the served certificate ends, in seconds since 1970.")
        .callback(value -> {
          X509Certificate served = certificate;
          if (served != null) {
            value.call((double) served.getNotAfter().toInstant().getEpochSecond());
          }
        })
        .register(metrics);
  }

  private boolean signedByOwnAuthority(X509Certificate served) {
    Optional<Path> authority = files.authority().filter(Files::exists);
    if (authority.isEmpty()) {
      return false;
    }
    try {
      served.verify(PemTls.certificate(authority.get()).getPublicKey());
      return true;
    } catch (IOException | GeneralSecurityException _) {
      return false;
    }
  }
}
