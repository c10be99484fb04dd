package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A repository in memory, whose content tests may change. */
final class MemoryRepository implements Repository {
  final TreeMap<String, byte[]> objects = new TreeMap<>();

  /** When keys were stored, by the store's clock. */
  final Map<String, Instant> stored = new HashMap<>();

  Instant now = Instant.EPOCH;

  @Override
  public synchronized Stored put(String key, ByteBuffer content) throws RepositoryException {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    byte[] old = objects.putIfAbsent(key, bytes);
    if (old == null) {
      stored.put(key, now);
      return Stored.NEW;
    }
    if (!Arrays.equals(old, bytes)) {
      throw new RepositoryException(Kind.TAKEN, key, "exists with other content");
    }
    return Stored.SAME;
  }

  @Override
  public synchronized Optional<byte[]> get(String key, int limit) {
    return Optional.ofNullable(objects.get(key)).map(byte[]::clone);
  }

  @Override
  public synchronized byte[] get(String key, long offset, int length) throws RepositoryException {
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw new RepositoryException(Kind.MISSING, key, "is missing");
    }
    if (offset + length > bytes.length || offset < 0) {
      throw new RepositoryException(Kind.DAMAGED, key, "ends early");
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public synchronized void list(String prefix, Consumer<Listed> each) {
    new TreeMap<>(objects)
        .forEach((key, bytes) -> {
          if (key.startsWith(prefix)) {
            each.accept(new Listed(key, bytes.length, stored.getOrDefault(key, Instant.EPOCH)));
          }
        });
  }

  @Override
  public synchronized void delete(String key) {
    objects.remove(key);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, false, false);
  }

  @Override
  public void close() {
    // nothing is held
  }
}
