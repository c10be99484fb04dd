package dev.nanoctl.appliance.tls;

import dev.nanoctl.core.Pem;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of one instance, which signs nothing but that instance's certificate. */
record Authority(X509Certificate certificate, PrivateKey key) {
  private static final Duration LIFE = Duration.ofDays(3650);
  private static final String ALGORITHM = "SHA256withECDSA";

  /** A certificate and its key. */
  record Signed(X509Certificate certificate, PrivateKey key) {}

  /** Makes a new one of that name. */
  static Authority make(String name, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    KeyPair pair = pair();
    var subject = new X500Name("CN=" + name);
    JcaX509v3CertificateBuilder builder = builder(subject, subject, now, LIFE, pair);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return new Authority(signed(builder, pair.getPrivate()), pair.getPrivate());
  }

  /** The one that was made before. */
  static Authority of(X509Certificate certificate, String pemKey) throws GeneralSecurityException {
    return new Authority(certificate, Pem.key(pemKey));
  }

  /** Whether it is valid until then. */
  boolean outlives(Instant then) {
    return certificate.getNotAfter().toInstant().isAfter(then);
  }

  /** A certificate of a server with these names and addresses. */
  Signed sign(List<String> names, Instant now, Duration life)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    KeyPair pair = pair();
    var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    JcaX509v3CertificateBuilder builder =
        builder(issuer, new X500Name("CN=" + names.getFirst()), now, life, pair);
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(names.stream().map(Authority::alternative).toArray(GeneralName[]::new)));
    return new Signed(signed(builder, key), pair.getPrivate());
  }

  /** A new key pair on the curve P-256. */
  static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, Instant now, Duration life, KeyPair pair)
      throws GeneralSecurityException, CertIOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, new SecureRandom()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(life)),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return builder;
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(key)));
  }

  private static GeneralName alternative(String name) {
    boolean address = name.contains(":") || name.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }
}
