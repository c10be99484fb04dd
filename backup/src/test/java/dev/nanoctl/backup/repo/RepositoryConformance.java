package dev.nanoctl.backup.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.Repository.Stored;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every place for a repository has to do. */
abstract class RepositoryConformance {
  private String folder = "";

  @BeforeEach
  void newFolder() {
    folder = "t-" + UUID.randomUUID();
  }

  abstract Repository repository() throws IOException;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 3_000_001})
  void whatIsPutIsReadAgain(int size) throws IOException {
    byte[] bytes = bytes(size);
    assertThat(repository().put(key("a"), ByteBuffer.wrap(bytes))).isEqualTo(Stored.NEW);
    assertThat(repository().get(key("a"), size)).contains(bytes);
  }

  @Test
  void onlyTheRemainingBytesArePutAndTheBufferStays() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(100)).position(10).limit(50);
    repository().put(key("part"), buffer);
    assertThat(buffer.position()).isEqualTo(10);
    assertThat(repository().get(key("part"), 100)).contains(Arrays.copyOfRange(bytes(100), 10, 50));
  }

  @Test
  void puttingTheSameAgainIsNoError() throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(10)));
    assertThat(repository().put(key("a"), ByteBuffer.wrap(bytes(10)))).isEqualTo(Stored.SAME);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11, 10})
  void aKeyIsNeverOverwritten(int otherSize) throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(10)));
    byte[] other = bytes(otherSize);
    if (otherSize == 10) {
      other[9] ^= 1;
    }
    fails(Kind.TAKEN, () -> repository().put(key("a"), ByteBuffer.wrap(other)));
    assertThat(repository().get(key("a"), 10)).contains(bytes(10));
  }

  @Test
  void ofManyWritersOfOneKeyOneWins() throws Exception {
    var writers = new ArrayList<Callable<Stored>>();
    for (int writer = 0; writer < 8; writer++) {
      byte[] mine = {(byte) writer};
      writers.add(() -> repository().put(key("raced"), ByteBuffer.wrap(mine)));
    }
    int won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Stored> writer : threads.invokeAll(writers)) {
        if (writer.state() == Future.State.SUCCESS) {
          won++;
          assertThat(writer.resultNow()).isEqualTo(Stored.NEW);
        }
      }
    }
    assertThat(won).isEqualTo(1);
  }

  @Test
  void aMissingKeyIsEmptyAndAPartOfItIsMissing() throws IOException {
    assertThat(repository().get(key("nothing"), 10)).isEmpty();
    fails(Kind.MISSING, () -> repository().get(key("nothing"), 0, 10));
  }

  @Test
  void aPartIsReadExactly() throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(200_000)));
    assertThat(repository().get(key("a"), 70_000, 65_537))
        .isEqualTo(Arrays.copyOfRange(bytes(200_000), 70_000, 135_537));
    assertThat(repository().get(key("a"), 199_999, 1)).hasSize(1);
  }

  @Test
  void aPartBeyondTheEndIsDamage() throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(100)));
    fails(Kind.DAMAGED, () -> repository().get(key("a"), 90, 11));
  }

  @Test
  void moreThanTheLimitIsDamage() throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(100)));
    fails(Kind.DAMAGED, () -> repository().get(key("a"), 99));
  }

  @Test
  void aListingHasKeysAndSizesBelowThePrefixOnly() throws IOException {
    repository().put(key("x/1"), ByteBuffer.wrap(bytes(1)));
    repository().put(key("x/2"), ByteBuffer.wrap(bytes(2)));
    repository().put(key("xy"), ByteBuffer.wrap(bytes(3)));
    assertThat(listed(key("x/")))
        .extracting(Repository.Listed::key, Repository.Listed::size)
        .containsExactlyInAnyOrder(tuple(key("x/1"), 1L), tuple(key("x/2"), 2L));
    assertThat(listed(key("x/")))
        .extracting(Repository.Listed::stored)
        .allSatisfy(at -> assertThat(at).isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES)));
    assertThat(listed(key("x"))).hasSize(3);
    assertThat(listed(key("nothing/"))).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneAndMayBeDeletedAgain() throws IOException {
    repository().put(key("a"), ByteBuffer.wrap(bytes(10)));
    repository().put(key("a2"), ByteBuffer.wrap(bytes(10)));
    repository().delete(key("a"));
    repository().delete(key("a"));
    assertThat(repository().get(key("a"), 10)).isEmpty();
    assertThat(listed(key("a"))).hasSize(1);
    assertThat(repository().put(key("a"), ByteBuffer.wrap(bytes(20)))).isEqualTo(Stored.NEW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "../a", "a/../b", "A", "a b", "a/.tmp"})
  void whatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> repository().put(key, ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> repository().get(key, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> repository().delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theProbeFindsItFit() throws IOException {
    assertThat(new RepositoryProbe(repository()).run().failures()).isEmpty();
    assertThat(listed("probe/")).isEmpty();
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  String key(String name) {
    return folder + "/" + name;
  }

  private List<Repository.Listed> listed(String prefix) throws IOException {
    var keys = new ArrayList<Repository.Listed>();
    repository().list(prefix, keys::add);
    return keys;
  }

  static void fails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }
}
