package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.wal.LogReader;
import dev.nanoctl.backup.wal.LogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the log of a plan as the segments PostgreSQL reads, the last one filled up with zeros. The
 * segment in which one timeline gives way to another is written once, under the later one's name,
 * as PostgreSQL does.
 */
final class LogSegments {
  private final LogReader reader;
  private final Path folder;
  private final ByteBuffer segment = ByteBuffer.allocate(RestorePlan.SEGMENT);
  private final List<String> names = new ArrayList<>();
  private int timeline;
  private long number;

  LogSegments(LogStore store, Path folder) {
    this.reader = new LogReader(store);
    this.folder = folder;
  }

  /** Writes them all and gives their names in order. */
  List<String> write(RestorePlan plan) throws IOException {
    number = plan.parts().getFirst().start().value() / RestorePlan.SEGMENT;
    for (RestorePlan.Part part : plan.parts()) {
      timeline = part.timeline();
      reader.read(part.ranges(), part.start(), part.end(), this::add);
    }
    if (segment.position() > 0) {
      flush();
    }
    return names;
  }

  private void add(byte[] log, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(log, offset, length);
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), segment.remaining());
      segment.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (!segment.hasRemaining()) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    while (segment.hasRemaining()) {
      segment.put((byte) 0);
    }
    long each = (1L << 32) / RestorePlan.SEGMENT;
    String name = "%08X%08X%08X".formatted(timeline, number / each, number % each);
    try (var file =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      segment.flip();
      while (segment.hasRemaining()) {
        file.write(segment);
      }
      file.force(true);
    }
    segment.clear();
    names.add(name);
    number++;
  }
}
