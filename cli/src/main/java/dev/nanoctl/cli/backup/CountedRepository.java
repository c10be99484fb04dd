package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Counts what is newly stored in a repository, and what is read of it. */
final class CountedRepository implements Repository {
  private final Repository repository;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private volatile LongConsumer reader = _ -> {};

  CountedRepository(Repository repository) {
    this.repository = repository;
  }

  /** How many bytes were stored that were not there before. */
  long stored() {
    return stored.get();
  }

  /** Has that told how many bytes were read by then, whenever there are more. */
  void reading(LongConsumer told) {
    reader = told;
  }

  private void count(byte[] content) {
    reader.accept(read.addAndGet(content.length));
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
    Optional<byte[]> content = repository.get(key, limit);
    content.ifPresent(this::count);
    return content;
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    byte[] content = repository.get(key, offset, length);
    count(content);
    return content;
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
