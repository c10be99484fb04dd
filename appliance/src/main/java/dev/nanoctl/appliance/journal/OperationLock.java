package dev.nanoctl.appliance.journal;

import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one operation that may change an instance. The kernel lets go of it when its holder
 * dies, however it dies.
 */
public final class OperationLock implements AutoCloseable {
  private final FileChannel channel;
  private final Path note;

  private OperationLock(FileChannel channel, Path note) {
    this.channel = channel;
    this.note = note;
  }

  /**
   * Takes the lock, or says who has it.
   *
   * @param note where the holder says who it is; another file, because closing a second descriptor
   *     of a locked file would give the lock up
   */
  public static OperationLock take(Path file, Path note, String verb, Instant now) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        throw held(note);
      }
      Files.writeString(
          note,
          Json.text(
              JsonObject.builder()
                  .put("pid", RunningProcess.current().pid())
                  .put("verb", verb)
                  .put("since", now.toString())
                  .build()));
      var lock = new OperationLock(channel, note);
      channel = null;
      return lock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      close(channel);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static dev.nanoctl.core.ProblemException held(Path note) {
    String holder =
        holder(note)
            .map(who ->
                "%s (pid %d, since %s)"
                    .formatted(
                        who.text("verb").orElse("another operation"),
                        who.integer("pid").orElse(0),
                        who.text("since").orElse("?")))
            .orElse("another operation");
    return new Problem.Locked(
            "NC-LOCKED",
            holder + " is changing this instance",
            "wait until it has ended, then try again")
        .raise();
  }

  private static Optional<JsonObject> holder(Path note) {
    try {
      return Optional.of(Json.parseObject(Files.readString(note)));
    } catch (IOException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      // the note is only for people; the lock itself is let go of below
    }
    close(channel);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
