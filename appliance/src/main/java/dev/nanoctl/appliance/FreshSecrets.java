package dev.nanoctl.appliance;

import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Makes an instance's secrets. */
public final class FreshSecrets {
  private static final int BYTES = 32;

  private FreshSecrets() {}

  /** A new one, of 256 random bits. */
  public static Secret random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Makes those of the secrets that are not there, each of 256 random bits. */
  public static void make(Layout layout, List<String> names) throws IOException {
    Performer.privateFolder(layout.site().secrets());
    for (String name : names) {
      if (!Files.exists(layout.secret(name))) {
        String text = random().value() + "\n";
        DurableFile.write(
            layout.secret(name), text.getBytes(StandardCharsets.US_ASCII), "rw-------");
      }
    }
  }
}
