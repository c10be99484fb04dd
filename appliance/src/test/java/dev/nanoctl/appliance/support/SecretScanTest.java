package dev.nanoctl.appliance.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {
  private static final String SECRET = "k4n+rie/n vögel\"7?";
  private static final SecretScan SCAN =
      new SecretScan(Map.of("database-password", Set.of(SECRET), "pin", Set.of("4711")));

  static Stream<String> written() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    return Stream.of(
        SECRET,
        "password is " + SECRET + " today",
        base64("" + SECRET),
        base64("a:" + SECRET + "bc"),
        base64("admin:" + SECRET),
        base64("user:" + SECRET + "\n"),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        hex,
        "\\x" + hex.toUpperCase(Locale.ROOT),
        "?p=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "&q=1",
        "?p=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"),
        "{\"message\":\"k4n+rie/n vögel\\\"7?\"}");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("written")
  void aSecretIsFoundHoweverItIsWritten(String text) {
    List<Hit> hits = SCAN.in(new SupportFile("logs/app.log", "one\ntwo\n" + text + "\nfour"));

    assertThat(hits).hasSize(1);
    assertThat(hits.getFirst().file()).isEqualTo("logs/app.log");
    assertThat(hits.getFirst().line()).isEqualTo(3);
    assertThat(hits.getFirst().toString()).contains("database-password").doesNotContain(text);
  }

  @Test
  void aSecretIsFoundAcrossTheEndsOfLines() {
    String folded = base64("x".repeat(50) + SECRET).replaceAll("(.{19})", "$1\r\n");

    assertThat(SCAN.in(new SupportFile("f", folded))).hasSize(1);
  }

  @Test
  void aShortSecretIsFoundAsAWordOfItsOwn() {
    assertThat(SCAN.in(new SupportFile("f", "port 54711, pid 4711x"))).isEmpty();
    assertThat(SCAN.in(new SupportFile("f", "the pin is \"4711\""))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN EC PRIVATE KEY-----",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl",
        "{\"authorization\":\"Bearer 0123456789abcdef\"}",
        "Authorization: Basic YWRtaW46aHVudGVyMg==",
        "aws AKIAIOSFODNN7EXAMPLE",
        "connecting to postgresql://nano:hunter2@127.0.0.1/nano",
        "conninfo user=nano password=hunter22 host=db",
        "ALTER ROLE nano PASSWORD 'SCRAM-SHA-256$4096:abc'",
        "$argon2id$v=19$m=65536"
      })
  void whatLooksLikeASecretIsFoundThoughNobodyKnowsIt(String text) {
    assertThat(SCAN.in(new SupportFile("f", "\n" + text))).extracting(Hit::line).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/auth/password?next=%2F 200",
        "password_file: /run/secrets/database-password",
        "requirepass is set; password=/run/secrets/redis",
        "PGPASSWORD=\"$(cat /run/secrets/postgres-password)\" psql",
        "proxy_pass http://app:8080; see https://example.org:8443/a@b",
        "listening on http://127.0.0.1:8080/",
        "redis-cli -u redis://metrics:none@127.0.0.1 ping",
        "authorization refused for token-key",
        "-----BEGIN CERTIFICATE-----",
        "url: https://••••••:••••••@proxy.example"
      })
  void whatIsHarmlessIsLeftAlone(String text) {
    assertThat(SCAN.in(new SupportFile("f", text))).isEmpty();
  }
}
