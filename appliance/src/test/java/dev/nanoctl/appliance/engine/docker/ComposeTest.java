package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeTest {
  private static final Compose COMPOSE =
      new Compose("nanoctl-12ab", Path.of("/s/docker/compose.yml"), URI.create("unix:///d.sock"));

  @Test
  void linesAboutContainersAreProgressAndOthersAreNot() {
    assertThat(COMPOSE.change(" Container nanoctl-12ab-postgres-1  Started "))
        .contains("postgres started");
    assertThat(COMPOSE.change(" Container nanoctl-12ab-app-2  Healthy")).contains("app-2 healthy");
    assertThat(COMPOSE.change(" Volume \"nanoctl-12ab-postgres\"  Created")).isPresent();
    assertThat(COMPOSE.change("Error response from daemon: no such image")).isEmpty();
  }

  @Test
  void theProjectIsNamedWhateverTheFileSays() {
    assertThat(COMPOSE.command(List.of("up", "--detach")))
        .containsSubsequence(
            "compose", "--project-name", "nanoctl-12ab", "--file", "/s/docker/compose.yml")
        .endsWith("up", "--detach");
  }
}
