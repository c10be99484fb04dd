package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Removes keys, several at once, and counts; a key that the store refuses to let go stays. */
final class Removals {
  private final Repository repository;
  private final int threads;
  private int removed;
  private int refused;

  Removals(Repository repository, int threads) {
    this.repository = repository;
    this.threads = threads;
  }

  /** How many keys are gone. */
  int removed() {
    return removed;
  }

  /** How many keys the store did not let go. */
  int refused() {
    return refused;
  }

  /**
   * Removes these keys.
   *
   * @return those that are gone
   * @throws IOException when the store cannot be used; some may be gone then
   */
  List<String> remove(Collection<String> keys) throws IOException {
    List<String> gone = new ArrayList<>();
    if (threads == 1) {
      for (String key : keys) {
        count(key, isRemoved(key), gone);
      }
      return gone;
    }
    try (var workers = Executors.newFixedThreadPool(threads, Thread.ofVirtual().factory())) {
      List<Future<Boolean>> results =
          keys.stream().map(key -> workers.submit(() -> isRemoved(key))).toList();
      try {
        var result = results.iterator();
        for (String key : keys) {
          count(key, result.next().get(), gone);
        }
      } catch (ExecutionException e) {
        throw cause(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while removing", e);
      } finally {
        results.forEach(one -> one.cancel(false));
      }
    }
    return gone;
  }

  private void count(String key, boolean isRemoved, List<String> gone) {
    if (isRemoved) {
      removed++;
      gone.add(key);
    } else {
      refused++;
    }
  }

  private boolean isRemoved(String key) throws IOException {
    try {
      repository.delete(key);
      return true;
    } catch (RepositoryException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      return false;
    }
  }

  private static IOException cause(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException other -> throw other;
      case null, default -> throw new IllegalStateException(e);
    };
  }
}
