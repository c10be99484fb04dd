package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.server.main.ServerConfig.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A certificate of the instance's own authority: browsers that once trust the authority trust every
 * renewal. Both are made once; the certificate is renewed before it ends.
 */
public final class OwnCertificate {
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration RENEWAL = Duration.ofDays(30);
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";

  private final Path authority;
  private final Path authorityKey;
  private final Path certificate;
  private final Path key;
  private final InstantSource clock;

  /** The certificate of that instance. */
  public OwnCertificate(Layout layout, InstantSource clock) {
    this.authority = layout.authority();
    this.authorityKey = layout.secret("tls-authority-key.pem");
    this.certificate = layout.certificate();
    this.key = layout.secret("tls-key.pem");
    this.clock = clock;
  }

  /** A certificate for that host that lasts a while yet. */
  public TlsFiles ensure(String host) {
    String bare = host.replace("[", "").replace("]", "");
    try {
      if (!lasts(bare)) {
        make(bare);
      }
      return new TlsFiles(certificate, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  private boolean lasts(String host) throws IOException {
    if (!Files.exists(certificate) || !Files.exists(key) || !Files.exists(authority)) {
      return false;
    }
    try {
      X509Certificate present = read(certificate);
      present.verify(read(authority).getPublicKey());
      Instant end = present.getNotAfter().toInstant();
      return end.isAfter(clock.instant().plus(RENEWAL)) && names(present).contains(host);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static X509Certificate read(Path file) throws IOException, CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static Set<String> names(X509Certificate present) throws CertificateException {
    var names = new LinkedHashSet<String>();
    var alternatives = present.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(name -> names.add(String.valueOf(name.get(1))));
    }
    return names;
  }

  private void make(String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Authority issuer = issuer(host);
    Authority.Signed signed =
        issuer.sign(
            List.copyOf(new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"))),
            clock.instant(),
            LIFE);
    write(key, pem(KEY, signed.key().getEncoded()));
    write(
        certificate,
        pem(CERTIFICATE, signed.certificate().getEncoded())
            + pem(CERTIFICATE, issuer.certificate().getEncoded()));
  }

  private Authority issuer(String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    if (Files.exists(authority) && Files.exists(authorityKey)) {
      Authority present = Authority.of(read(authority), Files.readString(authorityKey));
      if (present.outlives(clock.instant().plus(LIFE))) {
        return present;
      }
    }
    Authority made = Authority.make("nanoctl " + host, clock.instant());
    write(authorityKey, pem(KEY, made.key().getEncoded()));
    write(authority, pem(CERTIFICATE, made.certificate().getEncoded()));
    return made;
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
  }

  private static void write(Path file, String text) throws IOException {
    DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
  }
}
