package dev.nanoctl.appliance.tls;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * A certificate of the instance's own authority: browsers that once trust the authority trust every
 * renewal. Both are made once; the certificate is renewed before it ends.
 */
public final class OwnCertificate {
  private static final Duration LIFE = Duration.ofDays(397);
  private static final Duration RENEWAL = Duration.ofDays(30);

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
  public PairFiles ensure(String host) {
    String bare = host.replace("[", "").replace("]", "");
    try {
      if (!lasts(bare)) {
        make(bare);
      }
      return new PairFiles(certificate, key);
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
      return end.isAfter(clock.instant().plus(RENEWAL)) && Pem.names(present).contains(host);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static X509Certificate read(Path file) throws IOException, CertificateException {
    return Pem.certificates(Files.readAllBytes(file)).getFirst();
  }

  private void make(String host)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    Authority issuer = issuer(host);
    Authority.Signed signed =
        issuer.sign(
            List.copyOf(new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "::1"))),
            clock.instant(),
            LIFE);
    write(key, Pem.of(signed.key()));
    write(certificate, Pem.of(List.of(signed.certificate(), issuer.certificate())));
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
    write(authorityKey, Pem.of(made.key()));
    write(authority, Pem.of(List.of(made.certificate())));
    return made;
  }

  private static void write(Path file, String text) throws IOException {
    DurableFile.write(file, text.getBytes(StandardCharsets.US_ASCII), "rw-------");
  }
}
