package dev.nanoctl.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {
  @ParameterizedTest
  @CsvSource({
    "status,status,0",
    "stauts,status,1",
    "statu,status,1",
    "sttaus,status,1",
    "abc,'',3",
    "ab,ba,1"
  })
  void distanceCountsInsertionsDeletionsReplacementsAndSwaps(String from, String to, int steps) {
    assertThat(Closest.distance(from, to)).isEqualTo(steps);
  }

  @Test
  void onlyWhatIsNearIsProposed() {
    var verbs = List.of("install", "status", "stop", "start");
    assertThat(Closest.to("instal", verbs)).contains("install");
    assertThat(Closest.to("statsu", verbs)).contains("status");
    assertThat(Closest.to("frobnicate", verbs)).isEmpty();
  }
}
