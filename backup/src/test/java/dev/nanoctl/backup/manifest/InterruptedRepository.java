package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.repo.ForwardingRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A store on which another process does something of its own before one of the calls. */
final class InterruptedRepository extends ForwardingRepository {
  private final Runnable other;
  private int calls;

  InterruptedRepository(Repository repository, int calls, Runnable other) {
    super(repository);
    this.calls = calls;
    this.other = other;
  }

  private void call() {
    if (--calls == 0) {
      other.run();
    }
  }

  @Override
  public Stored put(String key, ByteBuffer content) throws IOException {
    call();
    return super.put(key, content);
  }

  @Override
  public Optional<byte[]> get(String key, int limit) throws IOException {
    call();
    return super.get(key, limit);
  }

  @Override
  public void delete(String key) throws IOException {
    call();
    super.delete(key);
  }
}
