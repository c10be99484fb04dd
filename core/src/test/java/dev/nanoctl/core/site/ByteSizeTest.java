package dev.nanoctl.core.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0 B",
    "17,17,17 B",
    "1k,1024,1 KB",
    "256 MB,268435456,256 MB",
    "256MiB,268435456,256 MB",
    "1.5 GB,1610612736,1.5 GB",
    "3 tb,3298534883328,3 TB",
    "1048575,1048575,1024 KB"
  })
  void sizesAreReadAndShown(String text, long bytes, String shown) {
    assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
    assertThat(new ByteSize(bytes)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "MB", "1 PB", "1e9", "1,5 GB", "999999999999 TB", "1 M B", "auto"})
  void anythingElseIsNoSize(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }
}
