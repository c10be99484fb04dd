package dev.nanoctl.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.core.ProblemException;
import io.helidon.webserver.WebServer;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
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
        new Site(URI.create("https://localhost"), TrustedNetworks.NONE),
        new HttpConfig.Limits(1000, 1000, 1),
        new HttpConfig.Drain(Duration.ZERO, Duration.ofSeconds(1)));
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
  void aReplacedCertificateIsServedWithoutARestartAndABadOneIsNot() throws Exception {
    HttpConfig.Tls tls = write(makeKey());
    ServedTls served = new ServedTls(tls);
    WebServer server =
        WebServer.builder()
            .port(0)
            .tls(served.load())
            .routing(routing -> routing.get("/", (_, response) -> response.send("here")))
            .build()
            .start();
    try (TlsWatch watch = TlsWatch.start(served, server, Duration.ofMillis(50))) {
      assertThat(watch).isNotNull();
      BigInteger first = serial(server.port());
      Files.delete(folder.resolve("key.p12"));
      Thread.sleep(20); // the time of a file must differ
      write(makeKey());
      await().atMost(Duration.ofSeconds(20)).until(() -> !serial(server.port()).equals(first));
      BigInteger second = serial(server.port());
      String certificate = Files.readString(tls.certificates());
      Files.writeString(tls.certificates(), "no certificate");
      Thread.sleep(400);
      assertThat(serial(server.port())).isEqualTo(second);
      String key = Files.readString(tls.key());
      Files.delete(folder.resolve("key.p12"));
      write(makeKey());
      Files.writeString(tls.certificates(), certificate);
      Thread.sleep(400);
      assertThat(serial(server.port())).as("a key of another certificate").isEqualTo(second);
      Files.writeString(tls.key(), key);
      Files.setLastModifiedTime(tls.key(), FileTime.fromMillis(1));
      Thread.sleep(400);
      assertThat(serial(server.port())).as("an older pair put back").isEqualTo(second);
    } finally {
      server.stop();
    }
  }

  @Test
  void onlyModernProtocolsAreSpoken() throws Exception {
    try (EdgeServer edge =
        new EdgeServer(InstantSource.system(), config(write(makeKey())), List.of())) {
      for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
        assertThat(handshake(edge.server.port(), protocol)).isEqualTo(protocol);
      }
      for (String protocol : List.of("TLSv1", "TLSv1.1")) {
        assertThatThrownBy(() -> handshake(edge.server.port(), protocol))
            .isInstanceOf(SSLException.class);
      }
    }
  }

  private static String handshake(int port, String protocol) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void plainHttpSendsOnAndAnswersChallengesOnly() throws Exception {
    Path challenges = Files.createDirectories(folder.resolve("challenges"));
    Files.writeString(challenges.resolve("to-ken_1"), "to-ken_1.print");
    HttpConfig.Tls files = write(makeKey());
    HttpConfig.Tls tls =
        new HttpConfig.Tls(
            files.certificates(),
            files.key(),
            Optional.of(files.certificates()),
            Optional.of(new HttpConfig.Plain(0, challenges)));
    try (EdgeServer edge = new EdgeServer(InstantSource.system(), config(tls), List.of());
        HttpClient client = HttpClient.newHttpClient()) {
      String plain = "http://127.0.0.1:" + edge.server.plainPort();
      HttpResponse<String> sent = get(client, plain + "/nano/7?q=a%20b");
      assertThat(sent.statusCode()).isEqualTo(301);
      assertThat(sent.headers().firstValue("Location"))
          .contains("https://127.0.0.1/nano/7?q=a%20b");
      String challenge = plain + "/.well-known/acme-challenge/";
      assertThat(get(client, challenge + "to-ken_1").body()).isEqualTo("to-ken_1.print");
      for (String other : List.of("other", "..%2Fcert.pem", "", "a/b")) {
        assertThat(get(client, challenge + other).statusCode()).as(other).isEqualTo(404);
      }
    }
  }

  @Test
  void nobodyIsToInsistOnACertificateOfTheInstancesOwnAuthority() throws Exception {
    HttpConfig.Tls files = write(makeKey());
    ServedTls own =
        new ServedTls(
            new HttpConfig.Tls(
                files.certificates(),
                files.key(),
                Optional.of(files.certificates()),
                Optional.empty()));
    assertThat(own.load().sslContext()).isNotNull();
    assertThat(own.insists()).isFalse();
    Path authority = Files.copy(files.certificates(), folder.resolve("authority.pem"));
    Files.delete(folder.resolve("key.p12"));
    ServedTls real =
        new ServedTls(
            new HttpConfig.Tls(
                write(makeKey()).certificates(),
                files.key(),
                Optional.of(authority),
                Optional.empty()));
    assertThat(real.load().sslContext()).isNotNull();
    assertThat(real.insists()).isTrue();
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpConfig.Tls write(KeyStore keys) throws Exception {
    return new HttpConfig.Tls(
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem("key.pem", "PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded()));
  }

  /** The serial number of the certificate that is shown. */
  private static BigInteger serial(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
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
