package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the recovery key in what a recovery kit's file holds, or in what somebody typed. */
public final class KitFile {
  private static final Pattern KEY =
      Pattern.compile("(?:[0-9A-Za-z]{5}[- \\n\\r\\t]+(?:<br>)?){11}[0-9A-Za-z]{5}");
  private static final Pattern LINE =
      Pattern.compile("NANOCTL:KIT:1:[0-9a-f-]{36}:([0-9A-Za-z-]+)");

  private KitFile() {}

  /** The key in a kit: its text, its page, the line of its QR code, or the key alone. */
  public static RecoveryKey key(Secret text) {
    Matcher line = LINE.matcher(text.value());
    if (line.find()) {
      return RecoveryKey.parse(new Secret(line.group(1)));
    }
    Matcher groups = KEY.matcher(text.value().replace("<br>", " "));
    return RecoveryKey.parse(groups.find() ? new Secret(groups.group()) : text);
  }

  /** The key in that file. */
  public static RecoveryKey read(Path file) {
    try {
      return key(new Secret(Files.readString(file)));
    } catch (IOException e) {
      throw new Problem.Usage(
              "NC-KIT-FILE",
              "the recovery kit cannot be read: " + e.getMessage(),
              "name the file that nanoctl kit print wrote")
          .raise(e);
    }
  }
}
