package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps log in memory; can be told to fail. */
public final class MemoryLogStore implements LogStore {
  private final Map<LogRange, byte[]> pieces = new ConcurrentHashMap<>();
  private final Map<Integer, TimelineHistory> histories = new ConcurrentHashMap<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean down;

  /** Whether every attempt to keep something fails. */
  public void down(boolean value) {
    down = value;
  }

  /** How often something was to be kept. */
  public int attempts() {
    return attempts.get();
  }

  /** Loses a piece, as no store should. */
  public void lose(LogRange range) {
    pieces.remove(range);
  }

  @Override
  public void put(LogRange range, ByteBuffer bytes) throws IOException {
    attempts.incrementAndGet();
    if (down) {
      throw new IOException("503 slow down");
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    if (copy.length != range.length()) {
      throw new IllegalArgumentException("%d bytes for %s".formatted(copy.length, range));
    }
    byte[] before = pieces.putIfAbsent(range, copy);
    if (before != null && !Arrays.equals(before, copy)) {
      throw new IllegalStateException("other bytes for " + range);
    }
  }

  @Override
  public byte[] get(LogRange range) throws IOException {
    byte[] bytes = pieces.get(range);
    if (bytes == null) {
      throw new IOException("missing: " + range);
    }
    return bytes.clone();
  }

  @Override
  public List<LogRange> list(UUID lineage) {
    return pieces.keySet().stream().filter(r -> r.lineage().equals(lineage)).toList();
  }

  @Override
  public void putHistory(UUID lineage, TimelineHistory history) {
    histories.put(history.timeline(), history);
  }

  @Override
  public Optional<TimelineHistory> history(UUID lineage, int timeline) {
    return Optional.ofNullable(histories.get(timeline));
  }
}
