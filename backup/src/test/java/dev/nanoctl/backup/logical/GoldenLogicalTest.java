package dev.nanoctl.backup.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.testing.GoldenFiles;
import dev.nanoctl.backup.testing.HeadInMemory;
import dev.nanoctl.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Logical backups that earlier versions wrote must be readable for ever. {@code -Dgolden.write=DIR}
 * writes one of the present form, for a new form only.
 */
class GoldenLogicalTest {
  private static final Secret PASSPHRASE = new Secret("correct horse");
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final String NAME = "format-1-logical";

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "038",
          "18.6",
          List.of(new Migration("010", "-123"), new Migration("038", "")),
          List.of(
              new Table("Odd Name/1", List.of("b", "a \"c\""), 1, 0),
              new Table("person", List.of("id", "name"), 1, 8000),
              new Table("schema_history", List.of("installed_rank", "version"), 0, 2)),
          List.of(new Sequence("person_id_seq", 8000, true), new Sequence("ticket", 7, false)));

  @TempDir private Path folder;

  @Test
  void formatOneIsRead() throws Exception {
    check(GoldenFiles.copy(NAME, folder.resolve("golden")));
  }

  @Test
  void whatIsWrittenNowIsOfTheSameForm() throws IOException, InterruptedException {
    String target = System.getProperty("golden.write", "");
    Path place = target.isEmpty() ? folder.resolve("new") : Path.of(target, NAME);
    write(place);
    check(place);
  }

  private static Vault.Machine machine() {
    return new Vault.Machine(new HeadInMemory(), () -> NOW, new Random(20261122));
  }

  private static void write(Path place) throws IOException, InterruptedException {
    Vault vault =
        Vault.create(
            DirectoryRepository.create(place, Bandwidth.UNLIMITED),
            PASSPHRASE,
            new Argon2(8, 1, 1),
            RecoveryKey.generate(new Random(1)).publicKey(),
            machine());
    try (SnapshotWriter writer = vault.begin(new SnapshotSettings(8192, Runnable::run))) {
      BlockSink sink = writer.sink(Part.DATABASE);
      for (Table table : CATALOGUE.tables()) {
        var pieces =
            new Pieces(table.keys(), (name, rows) -> put(sink, table.folder() + name, rows));
        for (int i = 0; i < table.rows(); i++) {
          pieces.row(row(i));
        }
        pieces.end();
      }
      put(sink, Catalogue.FILE, CATALOGUE.bytes());
      writer.publish(new SnapshotWriter.Finish(NOW, Optional.empty(), _ -> {}, CATALOGUE.facts()));
    }
  }

  private static byte[] row(int number) {
    return "%08d\t%s\n"
        .formatted(number, "nanoctl ".repeat(number % 10))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void put(BlockSink sink, String path, byte[] bytes) throws IOException {
    sink.begin(SourceFile.file(path, bytes.length, NOW, 0600));
    sink.write(bytes, 0, bytes.length);
    sink.end();
  }

  private static void check(Path place) throws IOException {
    Vault vault =
        Vault.open(DirectoryRepository.open(place, Bandwidth.UNLIMITED), PASSPHRASE, machine());
    Snapshot snapshot = vault.newest();
    snapshot.verify();
    assertThat(Catalogue.in(snapshot.manifest())).isTrue();
    assertThat(Catalogue.read(snapshot)).isEqualTo(CATALOGUE);
    assertThat(snapshot.manifest().facts())
        .containsEntry("rows.person", "8000")
        .containsEntry("rows.\"Odd Name/1\"", "0")
        .containsEntry("schema", "038")
        .containsEntry("server", "18.6");
    var rows = new ByteArrayOutputStream();
    var expected = new ByteArrayOutputStream();
    for (int i = 0; i < 8000; i++) {
      expected.writeBytes(row(i));
    }
    List<String> paths =
        snapshot.manifest().files().stream().map(file -> file.source().path()).toList();
    assertThat(paths).contains("tables/person.rows/first", "tables.json").hasSizeGreaterThan(3);
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.source().path().startsWith("tables/person.rows/")) {
        snapshot.read(file, rows::write);
      }
    }
    assertThat(rows.toByteArray()).isEqualTo(expected.toByteArray());
  }
}
