package dev.nanoctl.server.media.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up: a small file system in memory, which only root can make. */
final class FullDiskIT {
  @TempDir private Path folder;

  @Test
  void aFullDiskIsSaidAndLeavesNothingHalf() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
        "skipped: only root can mount a small disk");
    try (DirectoryObjectStore store = DirectoryObjectStore.open(disk.resolve("objects"))) {
      byte[] small = ObjectStoreConformance.random(100_000, 1);
      store.put(new ObjectKey("small"), ObjectBody.of(small));
      byte[] large = ObjectStoreConformance.random(2_000_000, 2);
      assertThat(
              ObjectStoreConformance.problemOf(
                  () -> store.put(new ObjectKey("large"), ObjectBody.of(large))))
          .isEqualTo(ObjectStoreProblem.Full.class);
      assertThat(store.head(new ObjectKey("large"))).isEmpty();
      assertThat(ObjectStoreConformance.read(store.get(new ObjectKey("small")))).isEqualTo(small);
      List<Path> left = new ArrayList<>();
      try (Stream<Path> drafts = Files.list(disk.resolve("objects/tmp"))) {
        drafts.forEach(left::add);
      }
      assertThat(left).isEmpty();
      store.put(new ObjectKey("again"), ObjectBody.of(small));
      Files.write(
          disk.resolve("filler"),
          new byte[(int) (Files.getFileStore(disk).getUsableSpace() - 4096)]);
      assertThat(ObjectStoreConformance.problemOf(store::check))
          .isEqualTo(ObjectStoreProblem.Full.class);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
