package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  private KeyStore makeKey() throws Exception {
    Path store = folder.resolve("key.p12");
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .start()
            .waitFor();
    assertThat(exit).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private Path pem(String name, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }

  private static HttpConfig config(HttpConfig.Tls tls) {
    return new HttpConfig(
        "127.0.0.1",
        0,
        Optional.of(tls),
        new Site(URI.create("https://localhost"), Set.of()),
        new HttpConfig.Limits(1000, 1000, 1),
        Duration.ofSeconds(1));
  }

  @Test
  void aCertificateFromFilesIsServed() throws Exception {
    KeyStore keys = makeKey();
    Certificate certificate = keys.getCertificate("a");
    HttpConfig.Tls tls =
        new HttpConfig.Tls(
            pem("cert.pem", "CERTIFICATE", certificate.getEncoded()),
            pem("key.pem", "PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded()));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (EdgeServer edge = new EdgeServer(InstantSource.system(), config(tls), List.of());
        HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      URI health = URI.create("https://localhost:" + edge.server.port() + "/health");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  @Test
  void filesThatAreNoKeyAreExplained() throws Exception {
    KeyStore keys = makeKey();
    Path certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded());
    HttpConfig.Tls tls = new HttpConfig.Tls(certificate, certificate);
    assertThatThrownBy(() -> PemTls.read(tls))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("NC-TLS-FILES")
        .hasMessageContaining("no PKCS#8 key");
  }
}
