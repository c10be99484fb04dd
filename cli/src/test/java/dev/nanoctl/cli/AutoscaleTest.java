package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.cli.testing.TestCall;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoscaleTest {
  @TempDir private Path site;

  private CliTester site(String engine) throws IOException {
    Files.writeString(
        site.resolve("nanoctl.yml"), "# mine\nsite:\n  engine: %s\n".formatted(engine));
    return new CliTester(site);
  }

  private SiteConfig.Autoscale configured() {
    return new SiteConfigFile(site.resolve("nanoctl.yml")).load().docker().autoscale();
  }

  @Test
  void switchedOnAndOffItKeepsItsLimits() throws IOException {
    CliTester nanoctl = site("docker");
    TestCall on = nanoctl.call("autoscale", "on", "--min", "2", "--max", "6", "--cpu", "60");
    assertThat(on.out()).contains("on · 2 to 6 containers at 60 %");
    assertThat(configured()).isEqualTo(new SiteConfig.Autoscale(true, 2, 6, 60));
    assertThat(nanoctl.call("autoscale", "off").out()).contains("autoscale  off");
    assertThat(configured()).isEqualTo(new SiteConfig.Autoscale(false, 2, 6, 60));
    nanoctl.call("autoscale", "on");
    assertThat(configured()).isEqualTo(new SiteConfig.Autoscale(true, 2, 6, 60));
    assertThat(Files.readString(site.resolve("nanoctl.yml"))).startsWith("# mine");
  }

  @Test
  void whatItSawLastIsShown() throws IOException {
    CliTester nanoctl = site("docker");
    nanoctl.call("autoscale", "on");
    assertThat(nanoctl.call("autoscale", "status").out()).contains("none yet");
    Files.createDirectories(site.resolve("state"));
    Files.writeString(
        site.resolve("state/autoscale.json"),
        "{\"at\": \"2026-11-22T12:00:15Z\", \"apps\": 2, \"why\": \"load 81 %\"}");
    assertThat(nanoctl.call("autoscale", "status").out())
        .contains("2 containers · load 81 % · 12:00:15 UTC");
    JsonObject json = Json.parseObject(nanoctl.call("autoscale", "status", "--json").out());
    assertThat(json.names()).containsExactly("schema", "enabled", "min", "max", "cpu", "last");
  }

  @Test
  void impossibleLimitsChangeNothing() throws IOException {
    CliTester nanoctl = site("docker");
    String before = Files.readString(site.resolve("nanoctl.yml"));
    TestCall call = nanoctl.call("autoscale", "on", "--min", "7", "--max", "3");
    assertThat(call.status()).isEqualTo(13);
    assertThat(call.err()).contains("docker.autoscale.min");
    assertThat(Files.readString(site.resolve("nanoctl.yml"))).isEqualTo(before);
  }

  @Test
  void processesCannotBeScaled() throws IOException {
    TestCall call = site("embedded").call("autoscale", "on");
    assertThat(call.status()).isEqualTo(2);
    assertThat(call.err()).contains("NC-NO-CONTAINERS");
  }
}
