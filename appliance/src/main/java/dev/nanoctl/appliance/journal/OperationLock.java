package dev.nanoctl.appliance.journal;

import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one operation that may change an instance. The kernel lets go of it when its holder
 * dies, however it dies.
 */
public final class OperationLock implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(100);

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
    return attempt(file, note, verb, now).orElseThrow(() -> held(holder(note)));
  }

  /**
   * Takes the lock, waiting a while for who has it.
   *
   * @param patience how long at most; then it says who has it
   * @param waiting is told who has it, ten times a second
   */
  public static OperationLock await(
      Path file,
      Path note,
      String verb,
      InstantSource clock,
      Duration patience,
      Consumer<String> waiting) {
    long begun = System.nanoTime();
    while (true) {
      Optional<OperationLock> lock = attempt(file, note, verb, clock.instant());
      if (lock.isPresent()) {
        return lock.get();
      }
      String holder = holder(note);
      if (System.nanoTime() - begun >= patience.toNanos()) {
        throw held(holder);
      }
      waiting.accept(holder);
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BEAT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted("NC-INTERRUPTED", "interrupted", "run it again").raise(e);
    }
  }

  private static Optional<OperationLock> attempt(Path file, Path note, String verb, Instant now) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        return Optional.empty();
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
      return Optional.of(lock);
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

  private static ProblemException held(String holder) {
    return new Problem.Locked(
            "NC-LOCKED",
            holder + " is changing this instance",
            "wait until it has ended, then try again")
        .raise();
  }

  private static String holder(Path note) {
    try {
      JsonObject who = Json.parseObject(Files.readString(note));
      return "%s (pid %d, since %s)"
          .formatted(
              who.text("verb").orElse("another operation"),
              who.integer("pid").orElse(0),
              who.text("since").orElse("?"));
    } catch (IOException | JsonSyntaxException e) {
      return "another operation";
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
