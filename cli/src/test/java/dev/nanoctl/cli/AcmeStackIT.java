package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.cli.testing.LaunchedNanoctl;
import dev.nanoctl.cli.testing.Pebble;
import dev.nanoctl.cli.testing.Visitor;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A real instance that gets its certificates from a real authority, and renews them in service. */
class AcmeStackIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private int plain;

  private void configure(Pebble pebble) throws IOException {
    plain = LaunchedNanoctl.freePort();
    Files.createDirectories(nanoctl.site());
    Files.writeString(
        nanoctl.site().resolve("nanoctl.yml"),
        """
        server:
          port: %d
          http_port: %d
          domain: localhost
          tls:
            mode: acme
            acme:
              directory: %s
              root: %s
        """
            .formatted(port, plain, pebble.directory(), pebble.root()));
  }

  @Test
  void aCertificateIsGotServedRenewedAndItsTroublesAreTold() throws Exception {
    int asked = LaunchedNanoctl.freePort();
    try (Pebble pebble = Pebble.start(Files.createDirectory(folder.resolve("ca")), asked);
        Pebble lost =
            Pebble.start(
                Files.createDirectory(folder.resolve("lost")), LaunchedNanoctl.freePort())) {
      configure(pebble);
      nanoctl.done("config", "set", "server.http_port", "" + asked);
      plain = asked;
      assertThat(nanoctl.done("install", "--yes", "--no-systemd").out()).doesNotContain("trust");
      firstCertificate();
      plainHttpSendsOn();
      renewedInService(pebble);
      rehearsed();
      troubles(lost);
      ownFiles();
    }
  }

  /** Before it there is a stand-in, which nobody is told to insist on. */
  private void firstCertificate() throws Exception {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> status().text("issuer").orElse("").contains("Pebble"));
    JsonObject status = status();
    assertThat(status.bool("healthy")).contains(true);
    assertThat(status.bool("shown")).contains(true);
    assertThat(status.text("mode")).contains("acme");
    assertThat(status.text("next")).isPresent();
    assertThat(shown().getIssuerX500Principal().getName()).contains("Pebble");
    assertThat(new Visitor(port).strictTransport()).isTrue();
    for (String secret : new String[] {"acme-account-key.pem", "tls/current/key.pem"}) {
      Path file = nanoctl.site().resolve("secrets").resolve(secret);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var left = Files.list(nanoctl.site().resolve("state/acme-challenge"))) {
      assertThat(left).as("answers that are no longer asked for").isEmpty();
    }
  }

  private void plainHttpSendsOn() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> sent =
          client.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + plain + "/search?q=a"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(sent.statusCode()).isEqualTo(301);
      assertThat(sent.headers().firstValue("Location"))
          .contains("https://localhost:" + port + "/search?q=a");
    }
  }

  private void renewedInService(Pebble pebble) throws Exception {
    X509Certificate first = shown();
    String account = Files.readString(nanoctl.site().resolve("secrets/acme-account-key.pem"));
    try (Visitor.Stream visitors = new Visitor(port).keepComing()) {
      JsonObject renewed = patiently("certs", "renew", "--json").json();
      assertThat(renewed.bool("shown")).contains(true);
      assertThat(visitors.failures()).isZero();
      assertThat(visitors.visits()).isGreaterThan(20);
    }
    X509Certificate second = shown();
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(second.getPublicKey()).as("a key of its own").isNotEqualTo(first.getPublicKey());
    assertThat(Files.readString(nanoctl.site().resolve("secrets/acme-account-key.pem")))
        .isEqualTo(account);
    assertThat(pebble.accounts()).isEqualTo(1);
    assertThat(nanoctl.done("certs", "renew", "--due", "--json").json().bool("renewed"))
        .contains(false);
  }

  private void rehearsed() throws Exception {
    X509Certificate before = shown();
    patiently("certs", "renew", "--rehearse");
    assertThat(shown()).isEqualTo(before);
  }

  /** Each trouble has its code; after one the authority is left alone for a while. */
  private void troubles(Pebble lost) throws Exception {
    X509Certificate before = shown();
    nanoctl.done("config", "set", "server.tls.acme.directory", lost.directory());
    nanoctl.done("config", "set", "server.tls.acme.root", lost.root().toString());
    LaunchedNanoctl.Result unreachable = tried("certs", "renew", "--json");
    assertThat(code(unreachable)).isEqualTo("NC-ACME-UNREACHABLE");
    assertThat(unreachable.status()).isEqualTo(14);
    assertThat(nanoctl.done("certs", "renew", "--due", "--json").json().bool("renewed"))
        .as("tried again only later")
        .contains(false);
    LaunchedNanoctl.Result status = nanoctl.run("certs", "status", "--json");
    assertThat(status.status()).isEqualTo(3);
    assertThat(status.json().object("problem").orElseThrow().text("code"))
        .contains("NC-ACME-UNREACHABLE");
    assertThat(nanoctl.run("status").out()).contains("NC-ACME-UNREACHABLE");
    lost.close();
    assertThat(code(tried("certs", "renew", "--json"))).isEqualTo("NC-ACME-AUTHORITY");
    nanoctl.done("config", "set", "server.http_port", "" + LaunchedNanoctl.freePort());
    assertThat(code(tried("certs", "renew", "--json"))).isEqualTo("NC-ACME-PORT");
    assertThat(shown()).as("what was served stays").isEqualTo(before);
  }

  /** Someone has a certificate of another authority after all. */
  private void ownFiles() throws Exception {
    Path current = nanoctl.site().resolve("secrets/tls/current").toRealPath();
    Path chain = Files.copy(current.resolve("chain.pem"), folder.resolve("chain.pem"));
    Path key = Files.copy(current.resolve("key.pem"), folder.resolve("key.pem"));
    Path foreign = nanoctl.site().resolve("secrets/tls-key.pem");
    LaunchedNanoctl.Result refused =
        nanoctl.run(
            "certs", "import", "--certificate", "" + chain, "--key", "" + foreign, "--json");
    assertThat(refused.status()).isEqualTo(13);
    assertThat(code(refused)).isEqualTo("NC-TLS-FILES");
    JsonObject imported =
        nanoctl
            .done("certs", "import", "--certificate", "" + chain, "--key", "" + key, "--json")
            .json();
    assertThat(imported.text("state")).contains("after_restart");
    assertThat(nanoctl.done("config", "get", "server.tls.mode").out()).contains("files");
    JsonObject back = nanoctl.done("certs", "import", "--back", "--json").json();
    assertThat(back.text("state")).contains("shown");
  }

  /** The agent may be asking at the same moment; then this call waits its turn. */
  private LaunchedNanoctl.Result tried(String... arguments)
      throws IOException, InterruptedException {
    while (true) {
      LaunchedNanoctl.Result result = nanoctl.run(arguments);
      if (result.status() != 11) {
        return result;
      }
      Thread.sleep(500);
    }
  }

  private LaunchedNanoctl.Result patiently(String... arguments)
      throws IOException, InterruptedException {
    LaunchedNanoctl.Result result = tried(arguments);
    assertThat(result.status()).as(result.toString()).isZero();
    return result;
  }

  private static String code(LaunchedNanoctl.Result result) {
    return result.json().object("error").orElseThrow().text("code").orElseThrow();
  }

  private JsonObject status() throws IOException, InterruptedException {
    return nanoctl.run("certs", "status", "--json").json();
  }

  /** The certificate that a visitor sees. */
  private X509Certificate shown() throws IOException {
    return new Visitor(port).shown();
  }
}
