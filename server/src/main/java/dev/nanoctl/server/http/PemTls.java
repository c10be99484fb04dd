package dev.nanoctl.server.http;

import dev.nanoctl.core.Problem;
import io.helidon.common.tls.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads a certificate chain and its key from PEM files. */
final class PemTls {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private PemTls() {}

  static Tls read(HttpConfig.Tls files) {
    try {
      return Tls.builder()
          .privateKey(key(files.key()))
          .privateKeyCertChain(chain(files.certificates()))
          .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
          .build();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new Problem.Configuration(
              "NC-TLS-FILES",
              "the certificate "
                  + files.certificates()
                  + " and its key "
                  + files.key()
                  + " cannot be used: "
                  + e.getMessage(),
              "give a PEM certificate chain and its unencrypted PKCS#8 key (BEGIN PRIVATE KEY)")
          .raise(e);
    }
  }

  private static List<X509Certificate> chain(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate in " + file);
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("there is no PKCS#8 key in " + file);
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    GeneralSecurityException last = new GeneralSecurityException("the key is of an unknown kind");
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }
}
