package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.LogPosition;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryWishTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static RecoveryWish parse(String text) {
    return RecoveryWish.parse(text, BERLIN);
  }

  @Test
  void timesAreReadByTheClockOfTheZoneUnlessTheySayOtherwise() {
    Instant time = Instant.parse("2026-11-22T13:30:00Z");
    assertThat(parse("2026-11-22 14:30")).isEqualTo(new RecoveryWish.At(time));
    assertThat(parse("2026-11-22T14:30:00")).isEqualTo(new RecoveryWish.At(time));
    assertThat(parse("2026-11-22T13:30:00Z")).isEqualTo(new RecoveryWish.At(time));
    assertThat(parse("2026-11-22 15:30:00+02:00")).isEqualTo(new RecoveryWish.At(time));
  }

  @Test
  void positionsAndBackupsAreToldApart() {
    assertThat(parse("0/3000060")).isEqualTo(new RecoveryWish.To(LogPosition.parse("0/3000060")));
    assertThat(parse("20261122")).isEqualTo(new RecoveryWish.Of("20261122"));
    String id = "0f3c2b1a-1111-4222-8333-444455556666";
    assertThat(parse(id)).isEqualTo(new RecoveryWish.Of(id));
    assertThat(parse("newest")).isEqualTo(new RecoveryWish.Newest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"newest", "2026-11-22T13:30:00.123Z", "0/3000060", "0f3c2b1a"})
  void whatIsNotedIsReadAgainAsTheSameWish(String text) {
    assertThat(parse(parse(text).text())).isEqualTo(parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01 00:00", "x/1", "0f3c", "2026-11-22"})
  void anythingElseIsTheCallersMistake(String text) {
    assertThatThrownBy(() -> parse(text)).hasMessageContaining("NC-RESTORE-TARGET");
  }
}
