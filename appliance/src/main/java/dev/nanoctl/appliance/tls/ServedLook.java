package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

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
              unverified().getSocketFactory().createSocket(plain, host, config.entryPort(), true)) {
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

  /** What is shown is the question, not whether to trust it. */
  private static SSLContext unverified() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
