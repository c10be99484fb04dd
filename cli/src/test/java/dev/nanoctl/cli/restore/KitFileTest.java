package dev.nanoctl.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.core.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KitFileTest {
  private static final RecoveryKey KEY = RecoveryKey.generate(new Random(5));
  private static final RecoveryKit KIT =
      new RecoveryKit(
          "school",
          new UUID(1, 2),
          List.of("/mnt/backup"),
          Instant.parse("2026-11-22T02:00:00Z"),
          KEY);

  @Test
  void theKeyIsFoundInEveryFormOfAKit() {
    for (Secret form :
        List.of(
            KIT.text(),
            KIT.html(),
            KIT.line(),
            KEY.text(),
            new Secret(
                KEY.text().value().replace('-', ' ').toLowerCase(java.util.Locale.ROOT) + "\n"))) {
      assertThat(KitFile.key(form).publicKey()).isEqualTo(KEY.publicKey());
    }
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> KitFile.key(new Secret("not a kit")))
        .hasMessageContaining("NC-KIT-MISTYPED");
    assertThatThrownBy(() -> KitFile.read(Path.of("/none/kit.txt")))
        .hasMessageContaining("NC-KIT-FILE");
  }
}
