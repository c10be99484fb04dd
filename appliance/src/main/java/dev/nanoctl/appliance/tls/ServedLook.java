package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Looks which certificate the site really shows. */
final class ServedLook {
  private static final int MILLIS = 2000;

  private ServedLook() {}

  /** The certificate that is shown on the site's own port; empty when nothing answers there. */
  static Optional<X509Certificate> at(SiteConfig config) {
    String host = HostNames.bare(config.url().getHost());
    try (var plain = new Socket()) {
      plain.connect(Loopback.of(config.server().bind(), config.entryPort()), MILLIS);
      plain.setSoTimeout(MILLIS);
      try (SSLSocket socket =
          (SSLSocket)
              AnyCertificate.sockets().createSocket(plain, host, config.entryPort(), true)) {
        if (host.matches("(?=.*[A-Za-z])[A-Za-z0-9.-]+")) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setServerNames(List.of(new SNIHostName(host)));
          socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return Optional.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
