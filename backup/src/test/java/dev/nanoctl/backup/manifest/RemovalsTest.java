package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.repo.FaultyRepository;
import dev.nanoctl.backup.repo.ForwardingRepository;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemovalsTest {
  private static final List<String> KEYS =
      IntStream.range(0, 40).mapToObj(n -> "wal/" + n).toList();

  private final Set<String> deleted = ConcurrentHashMap.newKeySet();

  private interface Failure {
    void at(String key) throws IOException;
  }

  private Removals removals(int threads, Failure failure) {
    var store =
        new ForwardingRepository(new MemoryRepository()) {
          @Override
          public void delete(String key) throws IOException {
            failure.at(key);
            deleted.add(key);
          }
        };
    return new Removals(store, threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatTheStoreRefusesStays(int threads) throws IOException {
    Removals removals =
        removals(
            threads,
            key -> {
              if (key.endsWith("7")) {
                throw new RepositoryException(Kind.DENIED, key, "locked");
              }
            });
    List<String> gone = removals.remove(KEYS);
    assertThat(gone).hasSize(36).noneMatch(key -> key.endsWith("7"));
    assertThat(deleted).containsExactlyInAnyOrderElementsOf(gone);
    removals.remove(List.of("wal/7", "wal/8"));
    assertThat(removals.removed()).isEqualTo(37);
    assertThat(removals.refused()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aStoreThatCannotBeUsedEndsIt(int threads) {
    Removals removals =
        removals(
            threads,
            key -> {
              if (key.equals("wal/3")) {
                throw new RepositoryException(Kind.UNAVAILABLE, key, "503");
              }
            });
    assertThatThrownBy(() -> removals.remove(KEYS))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(deleted).doesNotContain("wal/3");
    Removals ended =
        removals(
            threads,
            _ -> {
              throw new FaultyRepository.Crash();
            });
    assertThatThrownBy(() -> ended.remove(KEYS)).isInstanceOf(FaultyRepository.Crash.class);
  }

  @Test
  void severalGoAtOnce() throws IOException {
    var together = new CyclicBarrier(4);
    Removals removals =
        removals(
            4,
            key -> {
              try {
                together.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException("alone with " + key, e);
              }
            });
    assertThat(removals.remove(KEYS)).isEqualTo(KEYS);
  }
}
