package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The current, the next and the previous value of one secret, each a file only its owner reads. */
final class SecretFiles {
  private final Path current;
  private final Path next;
  private final Path previous;

  SecretFiles(Layout layout, String name) {
    current = layout.secret(name);
    next = layout.secret(name + ".next");
    previous = layout.secret(name + ".previous");
  }

  void makeNext(Rotation rotation) throws IOException {
    if (!Files.exists(next) && !Files.exists(previous)) {
      write(next, rotation.make(current()).value() + "\n");
    }
  }

  /** The old value stays beside the new one until it is retired. */
  void promote(Instant now) throws IOException {
    if (Files.exists(next)) {
      write(previous, Files.exists(current) ? Files.readString(current) : "");
      Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
      Files.setLastModifiedTime(current, FileTime.from(now));
    }
  }

  void forget() throws IOException {
    Files.deleteIfExists(previous);
  }

  Secret current() throws IOException {
    return read(current);
  }

  Secret next() throws IOException {
    return read(Files.exists(next) ? next : current);
  }

  Secret previous() throws IOException {
    return read(Files.exists(previous) ? previous : current);
  }

  boolean isPromoted() {
    return Files.exists(previous);
  }

  /** When the current value became the current one. */
  Instant promotedAt() throws IOException {
    return Files.getLastModifiedTime(current).toInstant();
  }

  private static Secret read(Path file) throws IOException {
    return new Secret(Files.exists(file) ? Files.readString(file).strip() : "");
  }

  private static void write(Path file, String text) throws IOException {
    DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8), "rw-------");
  }
}
