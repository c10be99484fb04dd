package dev.nanoctl.cli.serve;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.main.ServerConfig.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate the instance signs itself; made once and renewed before it ends. */
final class OwnCertificate {
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration RENEWAL = Duration.ofDays(30);

  private final Path certificate;
  private final Path key;
  private final InstantSource clock;

  OwnCertificate(SiteFolder site, InstantSource clock) {
    this.certificate = site.root().resolve("state").resolve("tls-certificate.pem");
    this.key = site.secrets().resolve("tls-key.pem");
    this.clock = clock;
  }

  /** A certificate for that host that lasts a while yet. */
  TlsFiles ensure(String host) {
    try {
      if (!lasts(host)) {
        make(host);
      }
      return new TlsFiles(certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  private boolean lasts(String host) throws IOException {
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return false;
    }
    try {
      var present =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
      Instant end = present.getNotAfter().toInstant();
      return end.isAfter(clock.instant().plus(RENEWAL)) && names(present).contains(bare(host));
    } catch (CertificateException _) {
      return false;
    }
  }

  private static Set<String> names(X509Certificate present) throws CertificateException {
    var names = new LinkedHashSet<String>();
    var alternatives = present.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
    }
    return names;
  }

  private static String bare(String host) {
    return host.replace("[", "").replace("]", "");
  }

  private void make(String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Instant now = clock.instant();
    var name = new X500Name("CN=" + bare(host));
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, new SecureRandom()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(LIFE)),
            name,
            pair.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, alternatives(bare(host)));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
    byte[] encoded = builder.build(signer).getEncoded();
    write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
    write(certificate, "CERTIFICATE", encoded);
  }

  private static GeneralNames alternatives(String host) {
    var names = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"));
    return new GeneralNames(
        names.stream().map(OwnCertificate::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static void write(Path file, String label, byte[] content) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
    DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
  }
}
