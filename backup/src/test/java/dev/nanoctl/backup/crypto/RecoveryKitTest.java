package dev.nanoctl.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.nanoctl.core.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoveryKitTest {
  private final RecoveryKit kit =
      new RecoveryKit(
          "Schule <am> Markt",
          new UUID(1, 2),
          List.of("https://s3.example.org/bucket", "/mnt/disk"),
          Instant.parse("2026-11-21T10:00:00Z"),
          RecoveryKey.generate(new Random(1)));

  @Test
  void theCodeInTheTextReadsAsTheKitsLine() throws Exception {
    String[] rows =
        kit.text()
            .value()
            .lines()
            .filter(line -> !line.isEmpty() && "█▀▄ ".indexOf(line.charAt(0)) >= 0)
            .filter(line -> line.length() > 40 && line.startsWith("█"))
            .toArray(String[]::new);
    assertThat(decode(rows)).isEqualTo(kit.line().value());
  }

  @Test
  void theTextHoldsTheKeyAsItIsTyped() {
    String[] lines = kit.text().value().split("recovery key\n", -1);
    String typed = lines[1].lines().limit(2).reduce("", String::concat);
    assertThat(RecoveryKey.parse(new Secret(typed)).publicKey()).isEqualTo(kit.key().publicKey());
  }

  @Test
  void thePageLoadsNothingAndEscapesNames() {
    String page = kit.html().value();
    assertThat(page).contains("Schule &lt;am&gt; Markt").contains("<path d=\"M");
    assertThat(page).doesNotContain("src=").doesNotContain("href=").doesNotContain("<script");
  }

  @Test
  void nothingOfItIsPrintedByAccident() {
    assertThat(kit.toString()).doesNotContain(kit.key().text().value());
    assertThat(kit.text().toString()).isEqualTo("••••••");
  }

  private static String decode(String[] rows) throws Exception {
    int scale = 4;
    int width = rows[0].length();
    int height = rows.length * 2;
    var picture =
        new LuminanceSource(width * scale, height * scale) {
          @Override
          public byte[] getRow(int y, byte[] row) {
            byte[] line = new byte[getWidth()];
            for (int x = 0; x < line.length; x++) {
              char c = rows[y / scale / 2].charAt(x / scale);
              boolean light = c == '█' || c == (y / scale % 2 == 0 ? '▀' : '▄');
              line[x] = (byte) (light ? 255 : 0);
            }
            return line;
          }

          @Override
          public byte[] getMatrix() {
            byte[] all = new byte[getWidth() * getHeight()];
            for (int y = 0; y < getHeight(); y++) {
              System.arraycopy(getRow(y, new byte[0]), 0, all, y * getWidth(), getWidth());
            }
            return all;
          }
        };
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(picture))).getText();
  }
}
