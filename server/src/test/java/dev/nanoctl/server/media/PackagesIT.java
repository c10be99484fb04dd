package dev.nanoctl.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Ids;
import dev.nanoctl.server.media.pack.Validation;
import dev.nanoctl.server.media.scan.EicarScan;
import dev.nanoctl.server.media.store.DirectoryObjectStore;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagesIT {
  private final OffsetClock clock = new OffsetClock();
  private final TestDatabase database = TestDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  @TempDir private Path folder;
  private DirectoryObjectStore objects;
  private Packages packages;

  @BeforeEach
  void open() {
    objects = DirectoryObjectStore.open(folder.resolve("objects"));
    packages = new Packages(objects, new EicarScan(), clock, new Ids(clock));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Path archive(int seed) throws IOException {
    return Files.write(folder.resolve(seed + ".zip"), MediaSite.pages(1000, seed));
  }

  private UUID add(Path file) throws IOException {
    Validation validation = packages.validate(file);
    return jdbi.inTransaction(tx -> packages.add(tx, validation, file)).id();
  }

  @Test
  void aPackageThatManyBringAtOnceIsStoredOnce() throws Exception {
    Path file = archive(1);
    List<Callable<UUID>> bringers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      bringers.add(() -> add(file));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<UUID> ids =
          threads.invokeAll(bringers).stream().map(PackagesIT::got).collect(Collectors.toSet());
      assertThat(ids).hasSize(1);
    }
  }

  private static UUID got(Future<UUID> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLostObjectComesBackWithItsPackage() throws IOException {
    Path file = archive(2);
    UUID id = add(file);
    ObjectKey key = ObjectKey.ofPackage(Sha256.of(Files.readAllBytes(file)));
    assertThat(objects.delete(key)).isTrue();
    assertThat(add(file)).isEqualTo(id);
    assertThat(objects.head(key)).isPresent();
  }

  @Test
  void aPackageThatNoVersionRefersToGoesAfterADay() throws IOException {
    Path file = archive(5);
    UUID id = add(file);
    ObjectKey key = ObjectKey.ofPackage(Sha256.of(Files.readAllBytes(file)));
    assertThat(packages.removeUnused(jdbi)).as("its version may be on its way").isZero();
    clock.advance(Duration.ofHours(25));
    assertThat(packages.removeUnused(jdbi)).isPositive();
    boolean there = jdbi.withHandle(tx -> packages.find(tx, id).isPresent());
    assertThat(there).isFalse();
    assertThat(packages.removeOrphans(jdbi)).isPositive();
    assertThat(objects.head(key)).isEmpty();
  }

  @Test
  void whatACrashLeftWithoutARowIsRemovedAfterADay() throws IOException {
    Path kept = archive(3);
    Path orphan = archive(4);
    add(kept);
    Validation validation = packages.validate(orphan);
    jdbi.useTransaction(tx -> {
      packages.add(tx, validation, orphan);
      tx.rollback();
    });
    ObjectKey keptKey = ObjectKey.ofPackage(Sha256.of(Files.readAllBytes(kept)));
    ObjectKey orphanKey = ObjectKey.ofPackage(Sha256.of(Files.readAllBytes(orphan)));
    assertThat(objects.head(orphanKey)).isPresent();
    assertThat(packages.removeOrphans(jdbi)).isZero();
    clock.advance(Duration.ofHours(25));
    assertThat(packages.removeOrphans(jdbi)).isEqualTo(1);
    assertThat(objects.head(orphanKey)).isEmpty();
    assertThat(objects.head(keptKey)).isPresent();
  }
}
