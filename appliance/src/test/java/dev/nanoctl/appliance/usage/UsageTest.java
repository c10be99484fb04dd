package dev.nanoctl.appliance.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final long GB = 1L << 30;

  @TempDir private Path folder;
  private History history = new History(Path.of(""));

  @BeforeEach
  void open() {
    history = new History(folder.resolve("usage.jsonl"));
  }

  @Test
  void metricsAreAddedUpOverRoutesAndProbesDoNotCount() {
    Traffic traffic =
        Traffic.parse(
            """
            # TYPE http_request_duration_seconds histogram
            http_request_duration_seconds_bucket{method="GET",route="/api/v1/nanos",le="0.01"} 90
            http_request_duration_seconds_bucket{method="GET",route="/api/v1/nanos",le="0.05"} 94
            http_request_duration_seconds_bucket{method="GET",route="/api/v1/nanos",le="+Inf"} 95
            http_request_duration_seconds_bucket{method="GET",route="/x",le="0.01"} 0
            http_request_duration_seconds_bucket{method="GET",route="/x",le="0.05"} 5
            http_request_duration_seconds_bucket{method="GET",route="/x",le="+Inf"} 5
            http_request_duration_seconds_bucket{method="GET",route="/health",le="+Inf"} 10000
            http_requests_total{method="GET",status="200"} 98
            http_requests_total{method="GET",status="500"} 2
            """);
    assertThat(traffic.requests()).isEqualTo(100);
    assertThat(traffic.errors()).isEqualTo(2);
    assertThat(traffic.quantile(0.9)).hasValue(0.01);
    assertThat(traffic.quantile(0.95).orElseThrow()).isCloseTo(0.0322, within(0.0001));
    assertThat(traffic.quantile(1)).hasValue(0.05);
    assertThat(Traffic.of(traffic.json())).isEqualTo(traffic);
    assertThat(Traffic.parse("").quantile(0.95)).isEmpty();
  }

  @Test
  void theLastMinutesAreWhatCameSinceThenAndARestartBeginsAnew() throws IOException {
    for (int minute = 20; minute > 0; minute--) {
      history.add(sample(NOW.minus(Duration.ofMinutes(minute)), GB, traffic(1000 - minute, 5)));
    }
    assertThat(history.lately(traffic(1000, 5), NOW).requests()).isEqualTo(5);
    assertThat(history.lately(traffic(3, 0), NOW).requests()).isEqualTo(3);
    assertThat(history.samples().size()).isBetween(15, 17);
  }

  @Test
  void inItsFirstMinutesAllThatAServerAnsweredIsLately() throws IOException {
    history.add(sample(NOW.minus(Duration.ofMinutes(40)), GB, traffic(700, 0)));
    history.add(sample(NOW.minus(Duration.ofMinutes(2)), GB, traffic(30, 0)));
    assertThat(history.lately(traffic(31, 0), NOW).requests()).isEqualTo(31);
  }

  @Test
  void errorsOfADayAreCountedOverRestarts() throws IOException {
    history.add(sample(NOW.minus(Duration.ofHours(30)), GB, traffic(10, 100)));
    history.add(sample(NOW.minus(Duration.ofHours(20)), GB, traffic(20, 103)));
    history.add(sample(NOW.minus(Duration.ofHours(10)), GB, traffic(30, 107)));
    history.add(sample(NOW.minus(Duration.ofHours(5)), GB, traffic(5, 2)));
    assertThat(history.errorsInADay(traffic(9, 3), NOW)).isEqualTo(4 + 2 + 1);
  }

  @Test
  void aDiskThatFillsIsForeseenAndOneThatDoesNotIsNot() throws IOException {
    for (int hour = 72; hour >= 0; hour--) {
      history.add(
          sample(NOW.minus(Duration.ofHours(hour)), 10 * GB + hour * GB / 24, traffic(1, 0)));
    }
    assertThat(history.daysLeft(NOW).orElseThrow()).isBetween(9L, 10L);
    List<Sample> steady = new ArrayList<>();
    List<Sample> brief = new ArrayList<>();
    for (int hour = 48; hour >= 0; hour--) {
      steady.add(sample(NOW.minus(Duration.ofHours(hour)), GB, traffic(1, 0)));
      brief.add(sample(NOW.minus(Duration.ofMinutes(hour)), GB + hour, traffic(1, 0)));
    }
    assertThat(Forecast.daysLeft(steady, NOW)).isEmpty();
    assertThat(Forecast.daysLeft(brief, NOW)).isEmpty();
  }

  @Test
  void aMonthOfMinutesStaysSmallAndASpoiltLineSpoilsNothing() throws IOException {
    Instant start = NOW.minus(Duration.ofDays(40));
    for (long hour = 0; hour <= 40 * 24; hour++) {
      history.add(sample(start.plus(Duration.ofHours(hour)), GB, traffic(hour, 0)));
    }
    assertThat(history.samples()).hasSizeBetween(31 * 24 - 2, 31 * 24 + 2);
    Path file = folder.resolve("usage.jsonl");
    Files.writeString(file, Files.readString(file) + "{\"at\": \"yes");
    assertThat(history.samples()).hasSizeGreaterThan(700);
  }

  private static Sample sample(Instant at, long free, Traffic traffic) {
    return new Sample(at, free, traffic);
  }

  private static Traffic traffic(long requests, long errors) {
    return new Traffic(Map.of(0.01, requests / 2, Double.POSITIVE_INFINITY, requests), errors);
  }
}
