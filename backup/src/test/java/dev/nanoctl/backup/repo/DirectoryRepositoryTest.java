package dev.nanoctl.backup.repo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
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
  void anEmptyDirectoryIsNotOpenedAndStaysEmpty() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("mount"));
    fails(Kind.UNAVAILABLE, () -> DirectoryRepository.open(empty, Bandwidth.UNLIMITED));
    assertThat(empty).isEmptyDirectory();
  }
}
