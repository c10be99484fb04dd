package dev.nanoctl.appliance.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.plan.VersionGraph.Hop;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionGraphTest {
  private static final VersionGraph GRAPH =
      new VersionGraph(
          List.of(
              Hop.of("0.1.0", "0.1.0"),
              Hop.of("0.2.0", "0.1.0"),
              Hop.of("0.3.0", "0.1.0"),
              Hop.of("0.4.0", "0.3.0"),
              Hop.of("1.0.0", "0.4.0")));

  private static void require(String from, String to) {
    GRAPH.require(Version.of(from), Version.of(to));
  }

  @Test
  void aReleaseFollowsEveryOneItNames() {
    assertThatCode(() -> require("0.1.0", "0.3.0")).doesNotThrowAnyException();
    assertThatCode(() -> require("0.3.0", "0.4.0")).doesNotThrowAnyException();
  }

  @Test
  void anotherBuildOfTheSameVersionIsNoHop() {
    assertThatCode(() -> require("0.9.9", "0.9.9")).doesNotThrowAnyException();
  }

  @Test
  void aSkippedHopIsRefusedWithThePathToTake() {
    assertThatThrownBy(() -> require("0.1.0", "1.0.0"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.Preflight.class);
              assertThat(e.problem().code()).isEqualTo("NC-UPGRADE-SKIPS");
              assertThat(e.problem().message())
                  .isEqualTo("1.0.0 can be upgraded from 0.4.0 or newer, and 0.1.0 runs");
              assertThat(e.problem().fix()).isEqualTo("upgrade to 0.3.0, then 0.4.0, then 1.0.0");
            });
  }

  @Test
  void anOlderProgramIsRefused() {
    assertThatThrownBy(() -> require("0.4.0", "0.3.0"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-UPGRADE-BACKWARDS"));
  }

  @Test
  void thereIsNoPathFromAVersionNobodyNames() {
    assertThat(GRAPH.path(Version.of("0.0.1"), Version.of("1.0.0"))).isEmpty();
  }

  @Test
  void theVersionOfThisProgramIsAmongItsReleases() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceAll("(?s).*?<version>([^<]+)</version>.*", "$1");
    assertThat(VersionGraph.RELEASES.knows(Version.of(version))).isTrue();
  }

  @Test
  void versionsAreComparedByNumbersNotByLetters() {
    assertThat(Version.of("0.10.0")).isGreaterThan(Version.of("0.9.0"));
    assertThat(Version.of("1.2.3-SNAPSHOT")).hasToString("1.2.3");
    assertThatThrownBy(() -> Version.of("one")).isInstanceOf(IllegalArgumentException.class);
  }
}
