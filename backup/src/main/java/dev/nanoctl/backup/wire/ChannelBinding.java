package dev.nanoctl.backup.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLSession;

/** {@code tls-server-end-point} of RFC 5929: the hash of the certificate the server showed. */
final class ChannelBinding {
  private ChannelBinding() {}

  static byte[] of(SSLSession session) throws IOException {
    if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
      return of(certificate);
    }
    throw new ProtocolException("the server's certificate is not of X.509");
  }

  static byte[] of(X509Certificate certificate) throws IOException {
    try {
      return MessageDigest.getInstance(hash(certificate.getSigAlgName()))
          .digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot hash the server's certificate", e);
    }
  }

  /** The hash of the certificate's signature, except that broken ones give way to SHA-256. */
  static String hash(String signature) {
    String name = signature.toUpperCase(Locale.ROOT);
    if (name.startsWith("SHA384")) {
      return "SHA-384";
    }
    return name.startsWith("SHA512") ? "SHA-512" : "SHA-256";
  }
}
