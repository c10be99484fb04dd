package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Counts what is newly stored in a repository. */
final class CountedRepository implements Repository {
  private final Repository repository;
  private final AtomicLong stored = new AtomicLong();

  CountedRepository(Repository repository) {
    this.repository = repository;
  }

  /** How many bytes were stored that were not there before. */
  long stored() {
    return stored.get();
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    int size = content.remaining();
    Stored came = repository.put(key, content);
    if (came == Stored.NEW) {
      stored.addAndGet(size);
    }
    return came;
  }

  @Override
  public Optional<byte[]> get(String key, int limit) throws IOException {
    return repository.get(key, limit);
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    return repository.get(key, offset, length);
  }

  @Override
  public void list(String prefix, Consumer<Listed> each) throws IOException {
    repository.list(prefix, each);
  }

  @Override
  public void delete(String key) throws IOException {
    repository.delete(key);
  }

  @Override
  public Capabilities capabilities() {
    return repository.capabilities();
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
