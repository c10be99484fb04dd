package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.cli.testing.TestCall;
import dev.nanoctl.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportBundleTest {
  private static final String CANARY = "Kq3-canary_7vTzJ0aWm2";

  @TempDir private Path folder;
  private Path site = Path.of("");
  private Path bundle = Path.of("");
  private CliTester nanoctl = new CliTester(Path.of(""));

  @BeforeEach
  void installed() throws IOException {
    site = Files.createDirectories(folder.resolve("site"));
    bundle = folder.resolve("bundle.zip");
    nanoctl = new CliTester(site);
    Files.createDirectories(site.resolve("secrets"));
    Files.createDirectories(site.resolve("logs"));
    Files.writeString(site.resolve("nanoctl.yml"), "site:\n  name: lernhof\n");
    Files.writeString(site.resolve("secrets/token-key"), CANARY);
    Files.writeString(site.resolve("logs/server.log"), "first\nsecond\n");
  }

  @Test
  void itHoldsWhatWhoeverHelpsAsksForAndOnlyTheOwnerReadsIt() throws IOException {
    TestCall call = nanoctl.call("support-bundle", "--output", bundle.toString());

    assertThat(call.status()).as(call.err()).isZero();
    assertThat(call.out()).contains(bundle.toString()).contains("no secret found");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle)))
        .isEqualTo("rw-------");
    Map<String, String> texts = texts();
    assertThat(texts)
        .containsKeys("status.json", "doctor.json", "drift.json", "versions.json", "bundle.json")
        .containsEntry("nanoctl.yml", "site:\n  name: lernhof\n")
        .containsEntry("logs/server.log", "first\nsecond");
    assertThat(Json.parseObject(texts.getOrDefault("status.json", "")).bool("healthy"))
        .contains(true);
    assertThat(texts.getOrDefault("doctor.json", "")).contains("NC-DISK-LOW");
    assertThat(texts.getOrDefault("versions.json", "")).contains("\"postgres\": \"18.6\"");
  }

  @Test
  void aSecretRefusesItAndIsNotNamed() throws IOException {
    Files.writeString(site.resolve("logs/server.log"), "first\nsigned with " + CANARY + "\n");

    TestCall call = nanoctl.call("support-bundle", "--output", bundle.toString());

    assertThat(call.status()).isEqualTo(16);
    assertThat(call.err())
        .contains("NC-BUNDLE-SECRET")
        .contains("logs/server.log, line 2: the secret token-key")
        .doesNotContain(CANARY);
    assertThat(bundle).doesNotExist();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(site);
    }
  }

  @Test
  void aPartWithASecretCanBeLeftOut() throws IOException {
    Files.writeString(site.resolve("logs/server.log"), CANARY);

    TestCall call =
        nanoctl.call(
            "support-bundle",
            "--json",
            "--output",
            bundle.toString(),
            "--leave-out",
            "logs/server.log");

    assertThat(call.status()).as(call.err()).isZero();
    assertThat(Json.parseObject(call.out()).text("file")).contains(bundle.toString());
    assertThat(call.out()).contains("left out as asked");
    assertThat(texts()).doesNotContainKey("logs/server.log").containsKey("status.json");
  }

  @Test
  void nothingIsReplacedAndNoFolderIsMade() throws IOException {
    Files.writeString(bundle, "mine");

    assertThat(nanoctl.call("support-bundle", "--output", bundle.toString()).err())
        .contains("NC-BUNDLE-UNWRITABLE", "it is there already");
    assertThat(bundle).hasContent("mine");
    assertThat(nanoctl.call("support-bundle", "--output", folder + "/none/b.zip").err())
        .contains("NC-BUNDLE-UNWRITABLE", "there is no such folder");
  }

  private Map<String, String> texts() throws IOException {
    var texts = new LinkedHashMap<String, String>();
    try (var zip = new ZipInputStream(Files.newInputStream(bundle))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
