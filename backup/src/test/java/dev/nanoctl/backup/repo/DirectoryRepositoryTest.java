package dev.nanoctl.backup.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRepositoryTest extends RepositoryConformance {
  @TempDir private Path folder;

  @Override
  Repository repository() throws IOException {
    return DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
  }

  @Test
  void filesAreTheOwnersAlone() throws IOException {
    repository().put("packs/a", ByteBuffer.allocate(1));
    Path pack = folder.resolve("repository/packs/a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pack)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDirectoryThatVanishedIsNotAnEmptyRepository() throws IOException {
    Repository repository = repository();
    Files.move(folder.resolve("repository"), folder.resolve("unmounted"));
    fails(Kind.UNAVAILABLE, () -> repository.get("journal/1", 10));
    fails(Kind.UNAVAILABLE, () -> repository.list("journal/", _ -> {}));
  }

  @Test
  void aFailedWriteSaysTheSameEachTime() throws IOException {
    Repository repository = repository();
    Files.move(folder.resolve("repository"), folder.resolve("unmounted"));
    Files.createFile(folder.resolve("repository"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> repository.put("wal/a", ByteBuffer.allocate(1)))
          .isInstanceOf(RepositoryException.class)
          .hasMessage("wal/a: Not a directory");
    }
  }

  @Test
  void unfinishedWritesAreRemovedAndNeverListed() throws IOException {
    repository();
    Path draft = folder.resolve("repository/.tmp/left");
    Files.writeString(draft, "half");
    repository().list("", item -> assertThat(item.key()).isNull());
    assertThat(draft).describedAs("another process may be writing it").exists();
    Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    repository();
    assertThat(draft).doesNotExist();
  }

  @Test
  void whatOthersRemoveMeanwhileDoesNotKeepTheRestFromBeingListed() throws Exception {
    Repository repository = repository();
    for (int i = 0; i < 20; i++) {
      repository.put("wal/stays/" + i, ByteBuffer.allocate(1));
    }
    Path wal = folder.resolve("repository/wal/goes");
    Files.createDirectories(wal);
    var stop = new AtomicBoolean();
    Thread other = Thread.ofPlatform().start(() -> comeAndGo(wal, stop));
    try {
      for (int i = 0; i < 500; i++) {
        List<String> keys = new ArrayList<>();
        repository.list("wal/", item -> keys.add(item.key()));
        assertThat(keys).filteredOn(key -> key.startsWith("wal/stays/")).hasSize(20);
      }
    } finally {
      stop.set(true);
      other.join();
    }
  }

  private static void comeAndGo(Path wal, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        for (int i = 0; i < 50; i++) {
          Files.createFile(wal.resolve("" + i));
        }
        for (int i = 0; i < 50; i++) {
          Files.delete(wal.resolve("" + i));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEmptyDirectoryIsNotOpenedAndStaysEmpty() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("mount"));
    fails(Kind.UNAVAILABLE, () -> DirectoryRepository.open(empty, Bandwidth.UNLIMITED));
    assertThat(empty).isEmptyDirectory();
  }
}
