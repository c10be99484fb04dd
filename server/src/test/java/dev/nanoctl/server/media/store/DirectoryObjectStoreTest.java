package dev.nanoctl.server.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryObjectStoreTest extends ObjectStoreConformance {
  @TempDir private Path root;
  private DirectoryObjectStore store;

  @BeforeEach
  void open() {
    store = DirectoryObjectStore.open(root.resolve("objects-of-one-site"));
  }

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void filesAndFoldersAreTheOwnersAlone() throws IOException {
    store.put(new ObjectKey("a/b/c"), ObjectBody.of(random(10, 1)));
    Path file = root.resolve("objects-of-one-site/objects/a/b/c");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    for (Path folder :
        List.of(
            root.resolve("objects-of-one-site/objects/a/b"),
            root.resolve("objects-of-one-site/objects/a"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aCopyTakesWhatIsMissingAndCanBeRepeated() throws IOException {
    store.put(new ObjectKey("packages/aa/one"), ObjectBody.of(random(70_000, 1)));
    store.put(new ObjectKey("packages/bb/two"), ObjectBody.of(random(10, 2)));
    try (ObjectStore other = DirectoryObjectStore.open(root.resolve("other"))) {
      other.put(new ObjectKey("packages/bb/two"), ObjectBody.of(random(10, 2)));
      var steps = new java.util.ArrayList<String>();
      ObjectCopy copy = new ObjectCopy(store, other);
      assertThat(copy.run((done, total) -> steps.add(done + "/" + total)))
          .isEqualTo(new ObjectCopy.Outcome(1, 1, 70_000));
      assertThat(steps).containsExactly("1/2", "2/2");
      try (ObjectContent content = other.get(new ObjectKey("packages/aa/one"))) {
        assertThat(content.stream().readAllBytes()).isEqualTo(random(70_000, 1));
      }
      assertThat(copy.run((_, _) -> {})).isEqualTo(new ObjectCopy.Outcome(0, 2, 0));
    }
  }

  @Test
  void whatIsDeletedMeanwhileDoesNotKeepTheRestFromBeingListed() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.put(new ObjectKey("stays/" + i + "/x"), ObjectBody.of(random(1, i)));
    }
    var stop = new AtomicBoolean();
    Thread other = Thread.ofPlatform().start(() -> comeAndGo(stop));
    try {
      for (int i = 0; i < 200; i++) {
        List<String> keys = new ArrayList<>();
        store.list("", object -> keys.add(object.key().path()));
        assertThat(keys).filteredOn(key -> key.startsWith("stays/")).hasSize(20);
      }
    } finally {
      stop.set(true);
      other.join();
    }
  }

  private void comeAndGo(AtomicBoolean stop) {
    while (!stop.get()) {
      for (int i = 0; i < 10; i++) {
        store.put(new ObjectKey("goes-" + i + "/x"), ObjectBody.of(random(1, i)));
      }
      for (int i = 0; i < 10; i++) {
        store.delete(new ObjectKey("goes-" + i + "/x"));
      }
    }
  }

  @Test
  void noDraftStaysBehind() throws IOException {
    store.put(new ObjectKey("a"), ObjectBody.of(random(10, 1)));
    problemOf(() -> store.put(new ObjectKey("a"), ObjectBody.of(random(10, 2))));
    problemOf(() ->
        store.put(new ObjectKey("b"), new ObjectBody(InputStream.nullInputStream(), 1, null)));
    try (Stream<Path> drafts = Files.list(root.resolve("objects-of-one-site/tmp"))) {
      assertThat(drafts).isEmpty();
    }
  }

  @Test
  void whatACrashLeftIsRemovedWhenTheStoreIsOpenedAgain() throws IOException {
    Path old = root.resolve("objects-of-one-site/tmp/old.part");
    Path fresh = root.resolve("objects-of-one-site/tmp/fresh.part");
    Files.write(old, random(10, 1));
    Files.write(fresh, random(10, 1));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));
    DirectoryObjectStore.open(root.resolve("objects-of-one-site"));
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void aFolderInTheWayIsNoObject() throws IOException {
    store.put(new ObjectKey("a/b"), ObjectBody.of(random(10, 1)));
    assertThat(store.head(new ObjectKey("a"))).isEmpty();
  }
}
