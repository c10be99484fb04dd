package dev.nanoctl.appliance.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.LogLine;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.ServiceLogs;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SitePapersTest {
  private static final String CANARY = "Kq3-canary_7vTzJ0aWm2";

  @TempDir private Path folder;
  private Layout layout = new Layout(new SiteFolder(Path.of("")));
  private List<LogLine> logged = List.of();

  @BeforeEach
  void site() throws IOException {
    layout = new Layout(new SiteFolder(folder));
    Files.createDirectories(layout.state());
    Files.createDirectories(layout.site().secrets().resolve("tls/7"));
    Files.writeString(layout.secret("database-password"), CANARY + "\n");
    Files.writeString(layout.site().config(), "server:\n  port: 8080\n");
    logged = List.of(line("app", "well"), line("postgres", "well"), line("app", "still"));
  }

  private static LogLine line(String service, String text) {
    return new LogLine(service, Optional.empty(), text);
  }

  @Test
  void aSecretInAContainersLogIsFoundInItsLine() {
    logged = List.of(line("postgres", CANARY), line("app", "well"), line("app", "got " + CANARY));

    assertThat(hits())
        .extracting(Hit::toString)
        .containsExactly(
            "logs/app.log, line 2: the secret database-password",
            "logs/postgres.log, line 1: the secret database-password");
  }

  @Test
  void aSecretInARenderedFileOfEitherEngineIsFound() throws IOException {
    var rendered = new RenderedFiles(layout);
    for (String name : List.of("docker/compose.yml", "postgres/postgresql.conf")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      rendered.write(file, "one\n");
      Files.writeString(file, "one\nleak: '" + CANARY + "'\n");
    }

    assertThat(hits())
        .extracting(hit -> hit.file() + ":" + hit.line())
        .containsExactly("rendered/docker/compose.yml:2", "rendered/postgres/postgresql.conf:2");
  }

  @Test
  void linksKeysAndFilesThatTheConfigurationNamesAreSecretsToo() throws IOException {
    String key = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZm9yIHRoZSB0ZXN0";
    String certificate = "MIIBszCCAVmgAwIBAgIUcHVibGljLCBub3QgYSBzZWNyZXQgYXQgYWxsIQ";
    Files.writeString(
        layout.secret("tls/7/key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    Files.writeString(
        layout.secret("tls/7/chain.pem"),
        "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
    Files.writeString(
        layout.secret("first-admin-link"),
        "https://lernhof.example/anmelden/link#Zr9kQx1LmN0pTaWv7Hs2");
    Files.writeString(folder.resolve("given.pem"), "a-key-of-the-operators-own");
    Files.writeString(layout.site().config(), "server:\n  tls:\n    key: given.pem\n");
    logged =
        List.of(
            line("app", key),
            line("app", "GET /anmelden/link token Zr9kQx1LmN0pTaWv7Hs2"),
            line("app", "read a-key-of-the-operators-own"),
            line("app", certificate));

    assertThat(hits()).extracting(Hit::line).containsExactly(1, 2, 3);
  }

  @Test
  void theConfigurationIsMaskedAndWhatWasMaskedIsSearchedFor() throws IOException {
    Files.writeString(
        layout.site().config(),
        """
        smtp:
          password: "hunter2-of-the-school"   # from the provider
          # old_token: former-token-value
          url: smtp://mail:ohne-punkt@smtp.example
        server:
          domain: lernhof.example
        """);
    logged = List.of(line("app", "login as hunter2-of-the-school"));

    String shown = texts().get("nanoctl.yml");
    assertThat(shown)
        .contains("password: ••••••", "old_token: ••••••", "smtp://mail:••••••@smtp.example")
        .contains("domain: lernhof.example")
        .doesNotContain("hunter2", "former", "ohne-punkt");
    assertThat(hits())
        .extracting(Hit::toString)
        .containsExactly("logs/app.log, line 1: the secret in nanoctl.yml");
  }

  @Test
  void whatDoesNotAnswerIsNotedAndTheRestIsThere() {
    var files = new SupportFiles(Set.of("nanoctl.yml"), _ -> {});
    new SitePapers(
            layout,
            () -> {
              throw new Problem.Unavailable("NC-DOCKER-UNREACHABLE", "no engine", "start it")
                  .raise();
            })
        .collect(files);

    assertThat(files.missing())
        .containsExactly(
            new SupportFiles.Missing("nanoctl.yml", "left out as asked"),
            new SupportFiles.Missing("logs", "NC-DOCKER-UNREACHABLE: no engine"));
  }

  private List<Hit> hits() {
    return papers().scan().in(collected().files());
  }

  private Map<String, String> texts() {
    return collected().files().stream()
        .collect(Collectors.toMap(SupportFile::name, SupportFile::text));
  }

  private SupportFiles collected() {
    var files = new SupportFiles(Set.of(), _ -> {});
    papers().collect(files);
    assertThat(files.missing()).isEmpty();
    return files;
  }

  private SitePapers papers() {
    return new SitePapers(layout, Recorded::new);
  }

  /** Logs as they are held here. */
  private final class Recorded implements ServiceLogs {
    @Override
    public List<String> services() {
      return List.of("app", "postgres");
    }

    @Override
    public List<LogLine> read(List<String> services, Optional<java.time.Instant> since, int last) {
      return logged.stream().filter(line -> services.contains(line.service())).toList();
    }

    @Override
    public void follow(List<String> services, Consumer<LogLine> reader, BooleanSupplier ended) {
      throw new UnsupportedOperationException();
    }
  }
}
