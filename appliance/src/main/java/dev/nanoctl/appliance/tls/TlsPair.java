package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate, those that vouch for it, and its key.
 *
 * @param chain the server's own certificate first; at least one
 */
record TlsPair(List<X509Certificate> chain, PrivateKey key) {
  TlsPair {
    chain = List.copyOf(chain);
  }

  /** What two files hold; it need not fit together. */
  static TlsPair read(PairFiles files) throws IOException, GeneralSecurityException {
    return new TlsPair(
        Pem.certificates(Files.readAllBytes(files.certificates())),
        Pem.key(Files.readString(files.key())));
  }

  /** The certificate of the server itself. */
  X509Certificate leaf() {
    return chain.getFirst();
  }

  /** Whether the key is the certificate's. */
  boolean fits() {
    return Pem.belong(leaf().getPublicKey(), key);
  }

  /** The SHA-256 of a certificate, in hexadecimal digits. */
  static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
