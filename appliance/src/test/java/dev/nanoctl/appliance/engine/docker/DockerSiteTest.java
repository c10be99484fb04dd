package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.site.ConfigText;
import org.junit.jupiter.api.Test;

class DockerSiteTest {
  private static final String BASE = "site:\n  engine: docker\n";

  private static String of(String more) {
    return DockerSite.appConfig(new ConfigText(BASE + more));
  }

  @Test
  void theNumberOfContainersAndTheDatabasesSettingsAreNotTheApps() {
    assertThat(of("docker:\n  apps: 3\n  autoscale:\n    enabled: true\n"))
        .isEqualTo(of("docker:\n  apps: 1\n"))
        .isEqualTo(of("postgres:\n  memory: 64 MB\n  settings:\n    work_mem: 8MB\n"))
        .isEqualTo(of("# nothing but a comment\n"));
  }

  @Test
  void whatTheAppReadsIs() {
    assertThat(of("limits:\n  factor: 2\n")).isNotEqualTo(of("")).contains("limits.factor: 2");
    assertThat(of("docker:\n  http_port: 8081\n")).as("part of the address").isNotEqualTo(of(""));
  }
}
