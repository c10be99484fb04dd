package dev.nanoctl.appliance.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps log files within their size and number. Writers hold their file open and append to it, so
 * it is copied, then emptied, and never moved.
 */
public final class LogRotation {
  private final long size;
  private final int files;

  /**
   * Rotates files of that size.
   *
   * @param size in bytes
   * @param files how many finished ones are kept
   */
  public LogRotation(long size, int files) {
    this.size = size;
    this.files = files;
  }

  /** Begins a new file when this one has reached its size; true when it did. */
  boolean rotate(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) < size) {
      return false;
    }
    Files.deleteIfExists(numbered(log, files));
    for (int number = files - 1; number >= 1; number--) {
      if (Files.exists(numbered(log, number))) {
        Files.move(
            numbered(log, number), numbered(log, number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.copy(log, numbered(log, 1), StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    return true;
  }

  static Path numbered(Path log, int number) {
    return log.resolveSibling(log.getFileName() + "." + number);
  }
}
