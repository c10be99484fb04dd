package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Hands every call on; tests change single ones. */
public class ForwardingRepository implements Repository {
  private final Repository repository;

  /** Hands calls on to that repository. */
  public ForwardingRepository(Repository repository) {
    this.repository = repository;
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    return repository.put(key, content);
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
