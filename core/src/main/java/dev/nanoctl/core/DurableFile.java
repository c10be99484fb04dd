package dev.nanoctl.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Replaces a file so that after a crash there is either the old or the new content, whole. */
public final class DurableFile {
  private DurableFile() {}

  /**
   * Writes beside the file, forces it to disk and renames.
   *
   * @param permissions as {@code ls} shows them, such as {@code rw-------}
   */
  public static void write(Path file, byte[] content, String permissions) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not a file");
    }
    var mode = PosixFilePermissions.fromString(permissions);
    Path draft =
        Files.createTempFile(
            folder,
            "." + file.getFileName() + ".",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (FileChannel channel =
          FileChannel.open(draft, EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC))) {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      Files.setPosixFilePermissions(draft, mode);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
    try (FileChannel entry = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
      entry.force(true);
    }
  }
}
