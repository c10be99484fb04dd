package dev.nanoctl.appliance;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a log file. */
final class LogTail {
  private static final int BYTES = 64 * 1024;

  private LogTail() {}

  /** The last bytes of the file as text; empty when there is none. */
  static String text(Path log) {
    if (!Files.exists(log)) {
      return "";
    }
    try (var access = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, access.length() - BYTES);
      var bytes = new byte[(int) (access.length() - from)];
      access.seek(from);
      access.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The last line that says something. */
  static String lastLine(Path log) {
    return text(log)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
        .reduce((first, second) -> second)
        .map(String::strip)
        .orElse("it gave no reason");
  }
}
