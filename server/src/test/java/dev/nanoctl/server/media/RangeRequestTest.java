package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.media.store.ByteRange;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RangeRequestTest {
  private static final String TAG = "\"abc\"";

  private static RangeRequest of(String range) {
    return RangeRequest.of(Optional.of(range), Optional.empty(), 1000, TAG);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,0",
    "bytes=0-,0,999",
    "bytes=999-,999,999",
    "bytes=10-19,10,19",
    "bytes=990-5000,990,999",
    "bytes=-1,999,999",
    "bytes=-1000,0,999",
    "bytes=-5000,0,999",
    "BYTES=5-6,5,6",
    "'bytes= 5 - 6 ',5,6",
    "'bytes=5-6,2000-',5,6"
  })
  void oneRangeIsThatPart(String range, long first, long last) {
    assertThat(of(range)).isEqualTo(new RangeRequest.Part(new ByteRange(first, last)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=2000-,3000-4000"})
  void aRangeBehindTheEndCannotBeSatisfied(String range) {
    assertThat(of(range)).isEqualTo(new RangeRequest.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "bytes=1-2,9-5",
        "items=0-5",
        "bytes=0-1,5-6",
        "bytes=99999999999999999999-",
        "bytes=0x1-5"
      })
  void whatIsNoRangeOrSeveralIsTheWholeFile(String range) {
    assertThat(of(range)).isEqualTo(new RangeRequest.Whole());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"abc\"',true",
    "' \"abc\" ',true",
    "'W/\"abc\"',false",
    "'\"other\"',false",
    "'Sat, 21 Nov 2026 08:00:00 GMT',false"
  })
  void aPartIsOnlyForWhoHasTheSameFile(String ifRange, boolean part) {
    RangeRequest wanted =
        RangeRequest.of(Optional.of("bytes=1-2"), Optional.of(ifRange), 1000, TAG);
    assertThat(wanted instanceof RangeRequest.Part).isEqualTo(part);
  }
}
