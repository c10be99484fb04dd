package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** A real instance that answers over TLS, with a certificate of its own and with given files. */
class HttpsIT extends OwnInstance {
  @Test
  void itsOwnAuthorityIsEnoughToTrustItAndGivenFilesReplaceIt() throws Exception {
    var installed =
        nanoctl.done(
            "install", "--yes", "--no-systemd", "--tls", "self-signed", "--port", "" + port);
    Path authority = nanoctl.site().resolve("state/tls-authority.pem");
    assertThat(installed.out()).contains("https://127.0.0.1:" + port).contains("" + authority);
    assertThat(get(authority)).isEqualTo(200);
    for (String key : new String[] {"tls-key.pem", "tls-authority-key.pem"}) {
      Path file = nanoctl.site().resolve("secrets").resolve(key);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    JsonObject status = nanoctl.done("status", "--json").json();
    assertThat(status.object("certificate").orElseThrow().bool("own")).contains(true);
    assertThat(status.object("database").orElseThrow().integer("bytes").orElseThrow()).isPositive();
    assertThat(status.object("disk").orElseThrow().integer("freeBytes").orElseThrow()).isPositive();
    assertThat(status.object("traffic").orElseThrow().integer("errorsIn24Hours")).hasValue(0);

    nanoctl.done("support-bundle", "--output", folder.resolve("bundle.zip").toString());

    Path otherAuthority = givenFiles(Instant.now());
    nanoctl.done("config", "set", "server.tls.certificate", "given/chain.pem");
    nanoctl.done("config", "set", "server.tls.key", "given/key.pem");
    nanoctl.done("config", "set", "server.tls.mode", "files");
    nanoctl.done("restart");
    assertThat(get(otherAuthority)).isEqualTo(200);
    assertThat(certificateCheck()).isEqualTo("ok");

    givenFiles(Instant.now().minus(Duration.ofDays(390)));
    awaitCheck("NC-TLS-EXPIRES");
    givenFiles(Instant.now().minus(Duration.ofDays(400)));
    awaitCheck("NC-TLS-EXPIRED");
    assertThat(nanoctl.run("status").out()).contains("NC-TLS-EXPIRED");
  }

  /** Puts files of another authority in place, made at that time; they live 397 days. */
  private Path givenFiles(Instant made) throws IOException {
    var other = new Layout(new SiteFolder(Files.createTempDirectory(folder, "other")));
    Files.createDirectories(other.state());
    Files.createDirectories(other.site().secrets());
    var files = new OwnCertificate(other, InstantSource.fixed(made)).ensure("127.0.0.1");
    Path given = Files.createDirectories(nanoctl.site().resolve("given"));
    var replace = StandardCopyOption.REPLACE_EXISTING;
    Files.copy(files.key(), given.resolve("key.pem"), replace);
    Files.copy(files.certificates(), given.resolve("chain.pem"), replace);
    return other.authority();
  }

  /** The server looks at the files every now and then; until it has, it shows the ones before. */
  private void awaitCheck(String code) {
    await().atMost(Duration.ofSeconds(60)).until(() -> certificateCheck().equals(code));
  }

  private String certificateCheck() throws IOException, InterruptedException {
    JsonObject check =
        nanoctl
            .run("doctor", "--json")
            .json()
            .array("checks")
            .orElseThrow()
            .objects()
            .filter(one -> one.text("name").filter("certificate"::equals).isPresent())
            .findFirst()
            .orElseThrow();
    return check.text("code").filter(code -> !code.isEmpty()).orElse("ok");
  }

  private int get(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      URI health = URI.create("https://127.0.0.1:" + port + "/health");
      return client
          .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
