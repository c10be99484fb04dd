package dev.nanoctl.server.media.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClamdScanTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final int LONGEST = 1 << 20;

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> look(MalwareScan scan, byte[] file, int piece)
      throws IOException {
    try (MalwareScan.Look look = scan.begin()) {
      for (int at = 0; at < file.length; at += piece) {
        look.see(file, at, Math.min(piece, file.length - at));
      }
      return look.verdict();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 65_536, 500_000})
  void everyByteArrivesInOrder(int piece) throws IOException {
    byte[] file = noise(piece == 1 ? 300 : 400_000);
    try (FakeClamd clamd = FakeClamd.onPort(0, LONGEST, FakeClamd.Mood.WELL)) {
      assertThat(look(new ClamdScan(clamd.address(), SHORT), file, piece)).isEmpty();
      assertThat(clamd.seen()).containsExactly(file);
    }
  }

  @Test
  void whatIsFoundIsNamed() throws IOException {
    try (FakeClamd clamd = FakeClamd.onPort(0, LONGEST, FakeClamd.Mood.WELL)) {
      MalwareScan scan = new ClamdScan(clamd.address(), SHORT);
      assertThat(look(scan, text("this is a virus of tests."), 3)).contains("Tests.Virus-1");
      assertThat(look(scan, text("this is none."), 100)).isEmpty();
    }
  }

  @Test
  void aSocketOfTheFileSystemWillDo(@TempDir Path folder) throws IOException {
    try (FakeClamd clamd = FakeClamd.atPath(folder.resolve("clamd.ctl"), LONGEST)) {
      MalwareScan scan = new ClamdScan(clamd.address(), SHORT);
      assertThat(look(scan, text("a virus of tests"), 100)).contains("Tests.Virus-1");
    }
    MalwareScan gone = new ClamdScan(new ClamdAddress(folder.resolve("clamd.ctl").toString()));
    assertThatExceptionOfType(ScanUnavailableException.class)
        .isThrownBy(gone::begin)
        .withMessageContaining("cannot be reached");
  }

  @ParameterizedTest
  @CsvSource({
    "SILENT, gave no answer",
    "RUDE, clamd at",
    "BROKEN, Can't open file or directory ERROR"
  })
  void whatIsNoVerdictIsNeverTakenForClean(FakeClamd.Mood mood, String why) throws IOException {
    try (FakeClamd clamd = FakeClamd.onPort(0, LONGEST, mood)) {
      MalwareScan scan = new ClamdScan(clamd.address(), SHORT);
      assertThatExceptionOfType(ScanUnavailableException.class)
          .isThrownBy(() -> look(scan, noise(100_000), 65_536))
          .withMessageContaining(why);
    }
  }

  @Test
  void aFileTooLongForClamdIsNotTakenForClean() throws IOException {
    try (FakeClamd clamd = FakeClamd.onPort(0, 100_000, FakeClamd.Mood.WELL)) {
      MalwareScan scan = new ClamdScan(clamd.address(), SHORT);
      assertThatExceptionOfType(ScanUnavailableException.class)
          .isThrownBy(() -> look(scan, noise(5_000_000), 65_536));
      assertThat(clamd.seen()).isEmpty();
    }
  }

  @Test
  void aPortWhereNobodyListensIsTold() throws IOException {
    ClamdAddress address;
    try (FakeClamd clamd = FakeClamd.onPort(0, LONGEST, FakeClamd.Mood.WELL)) {
      address = clamd.address();
    }
    assertThatExceptionOfType(ScanUnavailableException.class)
        .isThrownBy(() -> new ClamdScan(address, SHORT).begin())
        .withMessageContaining(address.text());
    assertThatExceptionOfType(ScanUnavailableException.class)
        .isThrownBy(() -> new ClamdScan(new ClamdAddress("no-such-host.invalid:3310")).begin())
        .withMessageContaining("host is not known");
  }

  @Test
  void twoScannersSeeTheSameBytes() throws IOException {
    byte[] eicar =
        text("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
    try (FakeClamd clamd = FakeClamd.onPort(0, LONGEST, FakeClamd.Mood.WELL)) {
      MalwareScan scan = new EicarScan().and(new ClamdScan(clamd.address(), SHORT));
      assertThat(look(scan, eicar, 5)).contains("EICAR-Test-File");
      assertThat(look(scan, text("a virus of tests"), 5)).contains("Tests.Virus-1");
      assertThat(look(scan, text("nothing"), 5)).isEmpty();
    }
  }

  @Test
  void theTestSignatureIsFoundAtTheBeginningOnly() throws IOException {
    byte[] eicar =
        text("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
    for (int before : new int[] {0, 1, 127}) {
      byte[] file = new byte[before + eicar.length + 50];
      Arrays.fill(file, (byte) ' ');
      System.arraycopy(eicar, 0, file, before, eicar.length);
      assertThat(look(new EicarScan(), file, 7)).as("after %d", before).isPresent();
    }
    byte[] late = new byte[128 + eicar.length];
    System.arraycopy(eicar, 0, late, 128, eicar.length);
    assertThat(look(new EicarScan(), late, 7)).isEmpty();
    assertThat(look(new EicarScan(), Arrays.copyOf(eicar, eicar.length - 1), 7)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "clamav", "clamav:", "clamav:0", "clamav:65536", "a b:1", ":3310"})
  void whatIsNoAddressIsRefused(String text) {
    assertThat(ClamdAddress.of(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new ClamdAddress(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/run/clamav/clamd.ctl", "clamav:3310", "127.0.0.1:3310", "[::1]:3310"})
  void pathsAndPortsAreAddresses(String text) {
    assertThat(ClamdAddress.of(text)).hasValue(new ClamdAddress(text));
  }
}
