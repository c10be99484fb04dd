package dev.nanoctl.appliance.journal;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What operations did, one JSON object a line, each on the disk before anything else happens.
 *
 * <p>A line that a crash tore off at the end of the file never happened, and the next line is
 * written over it.
 */
public final class Journal {
  /** Told after every line that reached the disk; tests halt there. */
  public interface Hook {
    /** The line is on the disk. */
    void written(JournalLine line);
  }

  private static final byte NEWLINE = '\n';

  private final Path file;
  private final InstantSource clock;
  private final Hook hook;

  /** The journal in that file, which need not exist. */
  public Journal(Path file, InstantSource clock, Hook hook) {
    this.file = file;
    this.clock = clock;
    this.hook = hook;
  }

  /** Writes the first line of an operation, with all its plan follows from. */
  public void begin(String verb, JsonObject facts) {
    append(new JournalLine(JournalLine.Event.BEGIN, verb, facts));
  }

  /** Writes that something about a step happened. */
  public void note(JournalLine.Event event, String name) {
    append(new JournalLine(event, name, JsonObject.EMPTY));
  }

  /** The last operation, when it did not come to its end. */
  public Optional<Unfinished> unfinished() {
    List<JournalLine> lines = lines();
    for (int i = lines.size() - 1; i >= 0; i--) {
      JournalLine line = lines.get(i);
      if (line.event() == JournalLine.Event.END) {
        return Optional.empty();
      }
      if (line.event() == JournalLine.Event.BEGIN) {
        return Optional.of(Unfinished.of(line, lines.subList(i + 1, lines.size())));
      }
    }
    return Optional.empty();
  }

  /** Refuses while an operation waits to be finished. */
  public void requireFinished() {
    Optional<Unfinished> left = unfinished();
    if (left.isPresent()) {
      throw left.get().refusal();
    }
  }

  /** Every whole line. */
  public List<JournalLine> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      var lines = new ArrayList<JournalLine>();
      for (String text : whole(Files.readAllBytes(file)).lines().toList()) {
        lines.add(JournalLine.parse(Json.parseObject(text)));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonSyntaxException | JsonTypeException | IllegalArgumentException e) {
      throw new dev.nanoctl.core.Problem.Verification(
              "NC-JOURNAL-DAMAGED",
              "the journal %s is damaged: %s".formatted(file, e.getMessage()),
              "move the file away; then nanoctl doctor says what state the instance is in")
          .raise(e);
    }
  }

  private void append(JournalLine line) {
    byte[] bytes = (Json.text(line.json(clock.instant())) + "\n").getBytes(StandardCharsets.UTF_8);
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      long end = endOfWholeLines(access);
      access.setLength(end);
      access.seek(end);
      access.write(bytes);
      access.getFD().sync();
      if (end == 0) {
        sync(file.resolveSibling("."));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal " + file + " cannot be written", e);
    }
    hook.written(line);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long endOfWholeLines(RandomAccessFile access) throws IOException {
    for (long position = access.length(); position > 0; position--) {
      access.seek(position - 1);
      if (access.read() == NEWLINE) {
        return position;
      }
    }
    return 0;
  }

  private static String whole(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != NEWLINE) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
