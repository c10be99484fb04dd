package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.Repository.Stored;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Tries on a store what backups rely on, when a target is added and whenever it is tested. */
public final class RepositoryProbe {
  /**
   * What was found.
   *
   * @param failures what a backup needs and the store does not do; empty if it is fit
   * @param remarks what works otherwise than usual, and what follows from it
   */
  public record Found(Repository.Capabilities can, List<String> failures, List<String> remarks) {}

  private static final int SIZE = 100_000;

  private final Repository repository;
  private final List<String> failures = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /** A probe of that store. */
  public RepositoryProbe(Repository repository) {
    this.repository = repository;
  }

  /** Writes an object of 100 kB, reads it in every way, tries to replace it and removes it. */
  public Found run() throws IOException {
    String key = "probe/" + UUID.randomUUID();
    byte[] bytes = new byte[SIZE];
    new Random(key.hashCode()).nextBytes(bytes);
    write(key, bytes);
    read(key, bytes);
    remove(key);
    Repository.Capabilities can = repository.capabilities();
    if (!can.conditionalPut()) {
      remarks.add("it cannot refuse to replace a key: only one nanoctl may write to it");
    }
    if (can.objectLock()) {
      remarks.add("new keys are locked for a time: what is pruned goes only when that has passed");
    }
    return new Found(can, List.copyOf(failures), List.copyOf(remarks));
  }

  private void write(String key, byte[] bytes) throws IOException {
    expect(repository.put(key, ByteBuffer.wrap(bytes)) == Stored.NEW, "a new key is not new");
    expect(repository.put(key, ByteBuffer.wrap(bytes)) == Stored.SAME, "a write is not repeatable");
    byte[] other = bytes.clone();
    other[SIZE - 1] ^= 1;
    try {
      repository.put(key, ByteBuffer.wrap(other));
      failures.add("a key can be replaced");
    } catch (RepositoryException e) {
      expect(e.kind() == Kind.TAKEN, "a taken key is reported as " + e.kind());
    }
  }

  private void read(String key, byte[] bytes) throws IOException {
    byte[] whole = repository.get(key, SIZE).orElse(new byte[0]);
    expect(Arrays.equals(whole, bytes), "what is read is not what was written");
    byte[] part = repository.get(key, 1000, 5000);
    expect(Arrays.equals(part, Arrays.copyOfRange(bytes, 1000, 6000)), "a part is another part");
    var listed = new ArrayList<String>();
    repository.list(key, item -> listed.add(item.key()));
    if (!listed.equals(List.of(key))) {
      remarks.add("a key does not show in a listing at once");
    }
  }

  private void remove(String key) throws IOException {
    try {
      repository.delete(key);
      expect(repository.get(key, SIZE).isEmpty(), "a deleted key can still be read");
    } catch (RepositoryException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      remarks.add("keys cannot be deleted: what expires has to be pruned with another account");
    }
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      failures.add(otherwise);
    }
  }
}
