package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version numbers: their shape and their order. */
final class SemverTest {
  @Test
  void versionsSortAsTheSpecificationSays() {
    List<String> inOrder =
        Arrays.asList(
            "0.0.1",
            "0.9.0",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0",
            "10.0.0");
    List<Semver> shuffled =
        inOrder.stream().map(text -> Semver.of(text).orElseThrow()).collect(Collectors.toList());
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertThat(shuffled).map(Semver::toString).containsExactlyElementsOf(inOrder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "1.0.0.0",
        "01.0.0",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0+build",
        "v1.0.0",
        "1.0.0 ",
        "1.0.1234567890",
        "a.b.c"
      })
  void whatIsNoVersionIsRefused(String text) {
    assertThat(Semver.of(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.0.0, 1.0.1", "1.2.9, 1.2.10", "2.0.0-rc.1, 2.0.0"})
  void theNextPatchIsTheSmallestReleaseAfterIt(String before, String after) {
    Semver next = Semver.of(before).orElseThrow().nextPatch();
    assertThat(next).hasToString(after);
    assertThat(next).isGreaterThan(Semver.of(before).orElseThrow());
  }
}
