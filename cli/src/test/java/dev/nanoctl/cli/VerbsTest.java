package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class VerbsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "--site /srv/one status --json",
        "--site stop status",
        "--json --site=stop -q status stop",
      })
  void aCallKnowsTheVerbItNames(String line) {
    assertThat(Verbs.of(List.of(line.split(" ")))).containsOnlyKeys("status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--help", "statsu", "--site status", "completion bash", "man /tmp", "shell"})
  void whatNamesNoneOrAsksForAllKnowsAll(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));

    assertThat(Verbs.of(arguments)).isEqualTo(Verbs.all());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionNeedsNone(String option) {
    assertThat(Verbs.of(List.of(option))).isEmpty();
  }

  @Test
  void everyVerbIsCalledAsItsCommandSays() {
    assertThat(Verbs.all())
        .allSatisfy((name, type) -> {
          Command command = type.getAnnotation(Command.class);
          assertThat(command).isNotNull();
          assertThat(command.name()).isEqualTo(name);
        });
  }

  @Test
  void theFirstLineOfAVerbsHelpStandsForItself() {
    assertThat(Verbs.all())
        .allSatisfy((name, type) -> {
          String first = type.getAnnotation(Command.class).description()[0];
          assertThat(first).describedAs(name).endsWith(".");
        });
  }
}
