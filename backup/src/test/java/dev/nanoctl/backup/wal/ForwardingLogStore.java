package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Hands every call on; tests change single ones. */
class ForwardingLogStore implements LogStore {
  private final LogStore store;

  ForwardingLogStore(LogStore store) {
    this.store = store;
  }

  @Override
  public void put(LogRange range, ByteBuffer bytes) throws IOException {
    store.put(range, bytes);
  }

  @Override
  public byte[] get(LogRange range) throws IOException {
    return store.get(range);
  }

  @Override
  public List<LogRange> list(UUID lineage) throws IOException {
    return store.list(lineage);
  }

  @Override
  public void putHistory(UUID lineage, TimelineHistory history) throws IOException {
    store.putHistory(lineage, history);
  }

  @Override
  public Optional<TimelineHistory> history(UUID lineage, int timeline) throws IOException {
    return store.history(lineage, timeline);
  }
}
