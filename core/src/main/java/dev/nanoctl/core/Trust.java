package dev.nanoctl.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** By what the certificates of other servers are trusted. */
public final class Trust {
  private Trust() {}

  /**
   * For connections to servers whose certificates that authority signed, and no others.
   *
   * @param authority its certificates, PEM; empty: whatever this program trusts anyway
   * @throws IOException when the file cannot be read
   * @throws GeneralSecurityException when it holds no certificate
   */
  public static SSLContext in(Optional<Path> authority)
      throws IOException, GeneralSecurityException {
    if (authority.isEmpty()) {
      return SSLContext.getDefault();
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    for (X509Certificate one : Pem.certificates(Files.readAllBytes(authority.get()))) {
      number++;
      trusted.setCertificateEntry("root" + number, one);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
