package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.BlockSource.Receiver;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.pack.BlockMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFilesTest {
  @TempDir Path folder;

  /** Files in memory, handed over in pieces of a few sizes. */
  private record Memory(Map<String, byte[]> contents) implements BlockSource {
    @Override
    public SnapshotManifest manifest() {
      return new SnapshotManifest(
          new UUID(1, 2), Instant.EPOCH, Instant.EPOCH, Optional.empty(), files(), Map.of());
    }

    List<SnapshotFile> files() {
      List<SnapshotFile> files = new ArrayList<>();
      contents.forEach((path, bytes) ->
          files.add(
              new SnapshotFile(
                  Part.DATABASE,
                  SourceFile.file(path, bytes.length, Instant.EPOCH, 0600),
                  "",
                  BlockMap.of(8192, List.of()))));
      return files;
    }

    @Override
    public void read(SnapshotFile file, Receiver receiver) throws IOException {
      byte[] bytes = Objects.requireNonNull(contents.get(file.source().path()));
      int[] steps = {8192, 8192, 200_000, 262_144, 1};
      for (int at = 0, step = 0; at < bytes.length; step++) {
        int length = Math.min(steps[step % steps.length], bytes.length - at);
        receiver.accept(bytes, at, length);
        at += length;
      }
    }
  }

  private static Map<String, byte[]> cluster() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    var random = new Random(11);
    for (int size : new int[] {0, 1, 8192, 262_144, 1_500_000}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      files.put("base/1/" + size, bytes);
    }
    files.put(ClusterBackup.MANIFEST, manifest(files));
    return files;
  }

  /** As PostgreSQL writes it. */
  private static byte[] manifest(Map<String, byte[]> files) throws Exception {
    List<String> entries = new ArrayList<>();
    files.forEach((path, bytes) -> {
      var crc = new CRC32C();
      crc.update(bytes);
      entries.add(
          "{ \"Path\": \"%s\", \"Size\": %d, \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"%08x\" }"
              .formatted(path, bytes.length, Integer.reverseBytes((int) crc.getValue())));
    });
    String text =
        "{ \"Files\": [\n%s ],\n\"WAL-Ranges\": [\n],\n".formatted(String.join(",\n", entries));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return (text + "\"Manifest-Checksum\": \"" + HexFormat.of().formatHex(digest) + "\"}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private void write(Map<String, byte[]> cluster) throws IOException {
    var source = new Memory(cluster);
    var files = new DataFiles(source, source.files());
    for (SnapshotFile file : source.files()) {
      files.write(file, folder.resolve(file.source().path()));
    }
  }

  @Test
  void everyFileIsWrittenAsItIs() throws Exception {
    Map<String, byte[]> cluster = cluster();
    write(cluster);
    for (var file : cluster.entrySet()) {
      assertThat(Files.readAllBytes(folder.resolve(file.getKey()))).isEqualTo(file.getValue());
    }
  }

  @Test
  void aFileThatIsNotWhatPostgresSentIsRefused() throws Exception {
    Map<String, byte[]> cluster = cluster();
    byte[] changed = Objects.requireNonNull(cluster.get("base/1/1500000")).clone();
    changed[777_777] ^= 4;
    cluster.put("base/1/1500000", changed);
    assertThatThrownBy(() -> write(cluster)).hasMessageContaining("base/1/1500000");
  }

  @Test
  void aFileThatPostgresDidNotSendIsRefused() throws Exception {
    Map<String, byte[]> cluster = cluster();
    cluster.put("base/1/more", new byte[8192]);
    assertThatThrownBy(() -> write(cluster)).hasMessageContaining("base/1/more");
  }

  @Test
  void withoutTheServersManifestNothingIsWritten() throws Exception {
    Map<String, byte[]> cluster = cluster();
    cluster.remove(ClusterBackup.MANIFEST);
    assertThatThrownBy(() -> write(cluster)).hasMessageContaining(ClusterBackup.MANIFEST);
    assertThat(folder).isEmptyDirectory();
  }
}
