package dev.nanoctl.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0/0", "0/174D660", "16/B374D848", "FFFFFFFF/FFFFFFFF"})
  void aPositionIsReadAndWrittenAsPostgresDoes(String text) {
    assertThat(LogPosition.parse(text)).hasToString(text);
  }

  @Test
  void positionsAreOrderedAsUnsignedNumbers() {
    assertThat(LogPosition.parse("FFFFFFFF/0")).isGreaterThan(LogPosition.parse("7FFFFFFF/0"));
    assertThat(LogPosition.parse("1/0")).isGreaterThan(LogPosition.parse("0/FFFFFFFF"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16", "16/", "G/0", "123456789/0", "0/0 "})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> LogPosition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
