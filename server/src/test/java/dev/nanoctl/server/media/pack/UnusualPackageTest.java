package dev.nanoctl.server.media.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.media.scan.EicarScan;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages in rarer forms of the format: honest ones are read, contradictory ones refused. */
final class UnusualPackageTest {
  private static final byte[] PAGE = "<h1>Hallo</h1>".getBytes(UTF_8);

  private static ZipForge page() {
    return new ZipForge().add("index.html", PAGE);
  }

  private static ValidationReport validate(byte[] archive) throws IOException {
    return new PackageValidator(new EicarScan()).validate(new BytesSource(archive)).report();
  }

  private static List<Rule> rules(byte[] archive) throws IOException {
    return validate(archive).findings().stream().map(Finding::rule).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void zip64IsUnderstood(boolean zip64End) throws IOException {
    byte[] archive = page().add("a.html", PAGE, e -> e.zip64 = true).bytes(zip64End);
    ValidationReport report = validate(archive);
    assertThat(report.findings()).isEmpty();
    assertThat(report.facts().entries()).isEqualTo(2);
  }

  @Test
  void zip64ThatContradictsIsRefused() throws IOException {
    byte[] archive = page().bytes(true);
    int record = archive.length - 22 - 20 - 56;
    for (int field : new int[] {4, 24, 32, 40, 48}) {
      for (byte value : new byte[] {-1, 127, 99}) {
        byte[] forged = archive.clone();
        forged[record + field + 3] = value;
        assertThat(validate(forged).ok()).as("field %d value %d", field, value).isFalse();
      }
    }
  }

  @Test
  void anOldNameInTheOldCodePageIsRead() throws IOException {
    byte[] old = {'B', (byte) 0x84, 'r', '.', 'h', 't', 'm', 'l'};
    byte[] archive =
        page()
            .add(
                "x",
                PAGE,
                e -> {
                  e.flags = 0;
                  e.name = old;
                  e.localName = old;
                })
            .bytes();
    assertThat(validate(archive).files()).extracting(PackageFile::path).contains("Bär.html");
  }

  @Test
  void sizesThatFollowTheDataAreUnderstood() throws IOException {
    ZipForge forge = new ZipForge();
    for (int i = 0; i < 3; i++) {
      forge.add("p" + i + ".html", PAGE, e -> e.flags |= 8).raw(new byte[16]);
    }
    assertThat(rules(forge.bytes())).isEmpty();
  }
}
