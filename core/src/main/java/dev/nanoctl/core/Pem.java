package dev.nanoctl.core;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Certificates and private keys as text (PEM), and whether they belong together. */
public final class Pem {
  private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
  private static final String END_KEY = "-----END PRIVATE KEY-----";
  private static final int LINE = 64;

  private Pem() {}

  /** The certificates of a text, in its order; at least one. */
  public static List<X509Certificate> certificates(byte[] text) throws CertificateException {
    List<X509Certificate> chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(text))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (chain.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return chain;
  }

  /** The unencrypted PKCS #8 key of a text: EC, RSA or EdDSA. */
  public static PrivateKey key(String text) throws GeneralSecurityException {
    int begin = text.indexOf(BEGIN_KEY);
    int end = text.indexOf(END_KEY);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("there is no PKCS#8 key in it");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN_KEY.length(), end));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key is damaged", e);
    }
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

  /** Whether that private key is the one of that public key: what one signs, the other verifies. */
  public static boolean belong(PublicKey open, PrivateKey key) {
    try {
      String algorithm =
          switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
          };
      byte[] sample = new byte[LINE];
      new SecureRandom().nextBytes(sample);
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(sample);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(open);
      verifying.update(sample);
      return verifying.verify(signed);
    } catch (GeneralSecurityException _) {
      return false; // keys of two kinds, for one
    }
  }

  /** A chain as text. */
  public static String of(List<X509Certificate> chain) throws CertificateException {
    var blocks = new StringBuilder();
    for (X509Certificate certificate : chain) {
      blocks.append(block("CERTIFICATE", certificate.getEncoded()));
    }
    return blocks.toString();
  }

  /** A private key as text, PKCS #8. */
  public static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** The names and addresses a certificate is for. */
  public static List<String> names(X509Certificate certificate) throws CertificateException {
    var alternatives = certificate.getSubjectAlternativeNames();
    return alternatives == null
        ? List.of()
        : alternatives.stream()
            .map(name -> String.valueOf(name.get(1)))
            .distinct()
            .collect(Collectors.toUnmodifiableList());
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content), label);
  }
}
