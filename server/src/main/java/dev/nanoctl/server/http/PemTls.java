package dev.nanoctl.server.http;

import dev.nanoctl.core.Pem;
import dev.nanoctl.core.Problem;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads a certificate chain and its key from PEM files. */
final class PemTls {
  /** What was read. */
  record Read(Tls tls, X509Certificate certificate) {}

  private PemTls() {}

  /** Both files; a problem where they cannot be read, or do not belong together. */
  static Read read(HttpConfig.Tls files) {
    try {
      HttpConfig.Tls settled = settled(files);
      List<X509Certificate> chain = Pem.certificates(Files.readAllBytes(settled.certificates()));
      return new Read(
          Tls.builder()
              .privateKey(key(settled.key(), chain.getFirst()))
              .privateKeyCertChain(chain)
              .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
              .build(),
          chain.getFirst());
    } catch (IOException | GeneralSecurityException e) {
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

  /** The first certificate of a file. */
  static X509Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    return Pem.certificates(Files.readAllBytes(file)).getFirst();
  }

  /**
   * Both files; where they share a folder, in the one that its name means at this moment: a folder
   * that is swapped never gives the certificate of one pair and the key of another.
   */
  static HttpConfig.Tls settled(HttpConfig.Tls files) throws IOException {
    Path folder = files.certificates().toAbsolutePath().getParent();
    if (folder == null || !folder.equals(files.key().toAbsolutePath().getParent())) {
      return files;
    }
    Path real = folder.toRealPath();
    return new HttpConfig.Tls(
        real.resolve(files.certificates().getFileName()), real.resolve(files.key().getFileName()));
  }

  private static PrivateKey key(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    PrivateKey key = Pem.key(Files.readString(file));
    if (!Pem.belong(certificate.getPublicKey(), key)) {
      throw new GeneralSecurityException("the key is not that certificate's");
    }
    return key;
  }
}
