package dev.nanoctl.appliance.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  private static TlsPair pair(String name) throws Exception {
    return new Made(NOW).pair(name, NOW, Duration.ofDays(9));
  }

  @Test
  void whatIsPutIsCurrentAndTheOneBeforeCanComeBack() throws Exception {
    var store = new PairStore(folder.resolve("tls"));
    assertThat(store.read()).isEmpty();
    assertThat(store.back()).isFalse();
    TlsPair first = pair("a.example");
    TlsPair second = pair("b.example");
    store.put(first, false);
    store.put(second, true);
    assertThat(store.read().orElseThrow().chain()).isEqualTo(second.chain());
    assertThat(store.back()).isTrue();
    assertThat(store.read().orElseThrow().chain()).isEqualTo(first.chain());
    assertThat(store.back()).isTrue();
    assertThat(store.read().orElseThrow().chain()).isEqualTo(second.chain());
  }

  @Test
  void onlyTwoPairsAreKeptAndKeysAreTheOwnersAlone() throws Exception {
    var store = new PairStore(folder);
    for (String name : new String[] {"a.example", "b.example", "c.example"}) {
      store.put(pair(name), true);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.filter(Files::isDirectory).filter(e -> !Files.isSymbolicLink(e)))
          .hasSize(2);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.files().key())))
        .isEqualTo("rw-------");
  }

  @Test
  void theEntryIsToldWhetherToInsist() throws Exception {
    var store = new PairStore(folder);
    store.put(pair("a.example"), false);
    assertThat(folder.resolve("current/entry.conf")).hasContent("set $strict_transport \"\";");
    store.put(pair("a.example"), true);
    assertThat(folder.resolve("current/entry.conf"))
        .hasContent("set $strict_transport \"max-age=31536000\";");
  }

  @Test
  void aPairThatDoesNotFitIsNotPut() throws Exception {
    var store = new PairStore(folder);
    var mixed = new TlsPair(pair("a.example").chain(), pair("a.example").key());
    assertThatThrownBy(() -> store.put(mixed, true)).isInstanceOf(GeneralSecurityException.class);
    assertThat(store.name()).isEmpty();
  }

  @Test
  void whoeverReadsWhilePairsAreSwappedSeesPairsThatFit() throws Exception {
    var store = new PairStore(folder);
    TlsPair first = pair("a.example");
    TlsPair second = pair("b.example");
    store.put(first, true);
    store.put(second, true);
    var done = new AtomicBoolean();
    var misfits = new AtomicInteger();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                if (store.read().isEmpty()) {
                  misfits.incrementAndGet();
                }
              }
            });
    for (int round = 0; round < 300; round++) {
      assertThat(store.back()).isTrue();
    }
    done.set(true);
    reader.join();
    assertThat(misfits).hasValue(0);
  }
}
