package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.StatusReport.State;
import dev.nanoctl.core.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {
  @ParameterizedTest
  @CsvSource({
    "Up 5 seconds (health: starting), starting",
    "Up 2 minutes (healthy), healthy",
    "Up 2 minutes (unhealthy), unhealthy"
  })
  void healthIsReadFromTheWordsOfTheList(String status, String health) {
    assertThat(Container.healthIn(status)).contains(health);
  }

  @ParameterizedTest
  @CsvSource({"Up 2 minutes", "Exited (137) 4 seconds ago", "Exited (0)"})
  void aContainerWithoutACheckHasNoHealth(String status) {
    assertThat(Container.healthIn(status)).isEmpty();
  }

  @Test
  void whatComposeMadeIsKnownByItsLabels() {
    Container container =
        Container.of(
            Json.parseObject(
                """
                {"Id": "0123456789abcdef", "State": "running", "Status": "Up 1 second (healthy)",
                 "Labels": {"dev.nanoctl.service": "app", "com.docker.compose.project": "p",
                            "com.docker.compose.container-number": "3"}}
                """));
    assertThat(container)
        .isEqualTo(
            new Container("0123456789abcdef", "app", 3, "p", "running", Optional.of("healthy")));
    assertThat(container.shortId()).isEqualTo("0123456789ab");
    assertThat(container.healthy()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "running, healthy, false, RUNNING",
    "running, starting, false, STARTING",
    "running, unhealthy, false, RUNNING",
    "restarting, , false, RESTARTING",
    "exited, , false, DOWN",
    "exited, , true, STOPPED"
  })
  void itsStateIsToldInTheWordsOfEveryEngine(
      String state, String health, boolean stopped, State expected) {
    var container = new Container("id", "app", 1, "p", state, Optional.ofNullable(health));
    assertThat(ContainerStatus.state(container, stopped)).isEqualTo(expected);
  }
}
