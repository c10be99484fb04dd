package dev.nanoctl.cli.command;

import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a recovery kit is written, readable by its owner only. */
record KitFile(Path path) {
  /** A file that can be written and is not there yet; found out before a kit is made. */
  static KitFile reserve(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.exists(path) || folder == null || !Files.isWritable(folder)) {
      throw new Problem.Usage(
              "NC-USAGE",
              path + (Files.exists(path) ? " exists already" : " cannot be written"),
              "name a new file for the recovery kit")
          .raise();
    }
    return new KitFile(path);
  }

  void write(RecoveryKit kit) {
    boolean page = path.toString().endsWith(".html");
    Secret text = page ? kit.html() : kit.text();
    try {
      DurableFile.write(path, text.value().getBytes(StandardCharsets.UTF_8), "rw-------");
    } catch (IOException e) {
      throw new Problem.Unavailable(
              "NC-KIT-UNWRITTEN",
              "the recovery kit could not be written to %s: %s".formatted(path, e.getMessage()),
              "nanoctl kit print makes another one")
          .raise(e);
    }
  }
}
