package dev.nanoctl.cli.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.backup.manifest.FileJournalMemory;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository with backups of tables, and of files and log, of one database. */
class WholeBackupsTest {
  private static final Secret PASSPHRASE = new Secret("not a secret");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;
  private DirectoryRepository repository;
  private Vault vault;

  @BeforeEach
  void make() throws IOException {
    var random = new SecureRandom();
    repository = DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
    vault =
        Vault.create(
            repository,
            PASSPHRASE,
            Argon2.LIGHT,
            RecoveryKey.generate(random).publicKey(),
            new Vault.Machine(
                new FileJournalMemory(folder.resolve("head")), InstantSource.system(), random));
  }

  @AfterEach
  void close() throws IOException {
    repository.close();
  }

  @Test
  void whatLiesJustBeforeTheMomentDecidesWhichKindIsRestored() throws IOException {
    String tables = tables(NOON);
    String files = files(NOON.plusSeconds(60));

    assertThat(are(new RecoveryWish.Newest())).isFalse();
    assertThat(are(new RecoveryWish.At(NOON.plusSeconds(59)))).isTrue();
    assertThat(are(new RecoveryWish.At(NOON.plusSeconds(60)))).isFalse();
    assertThat(are(new RecoveryWish.Of(tables.substring(0, 8)))).isTrue();
    assertThat(are(new RecoveryWish.Of(files.substring(0, 8)))).isFalse();

    tables(NOON.plusSeconds(120));
    assertThat(are(new RecoveryWish.Newest())).isTrue();
    assertThat(are(new RecoveryWish.At(NOON.plusSeconds(119)))).isFalse();
    assertThat(are(new RecoveryWish.To(LogPosition.parse("0/3000060")))).isFalse();
  }

  @Test
  void whatNoBackupFulfilsIsAnsweredAsTheNewestIs() throws IOException {
    tables(NOON);
    assertThat(are(new RecoveryWish.To(LogPosition.parse("0/3000060")))).isTrue();
    assertThat(are(new RecoveryWish.At(NOON.minusSeconds(1)))).isTrue();
    files(NOON.plusSeconds(60));
    assertThat(are(new RecoveryWish.At(NOON.minusSeconds(1)))).isFalse();
  }

  private boolean are(RecoveryWish wish) throws IOException {
    return WholeBackups.are(vault, wish);
  }

  private String tables(Instant cut) throws IOException {
    return backup(Catalogue.FILE, cut, Optional.empty());
  }

  private String files(Instant cut) throws IOException {
    LogPosition stop = LogPosition.parse("0/3000060");
    return backup(
        "PG_VERSION", cut, Optional.of(new DatabaseCut(UUID.randomUUID(), 7, 1, stop, stop, "18")));
  }

  private String backup(String file, Instant cut, Optional<DatabaseCut> database)
      throws IOException {
    byte[] content = "{}".getBytes(StandardCharsets.UTF_8);
    try (var writer = vault.begin(SnapshotSettings.forDatabase(0, Runnable::run))) {
      var sink = writer.sink(Part.DATABASE);
      sink.begin(SourceFile.file(file, content.length, cut, 0600));
      sink.write(content, 0, content.length);
      sink.end();
      return writer
          .publish(new SnapshotWriter.Finish(cut, database, _ -> {}, Map.of()))
          .id()
          .toString();
    }
  }
}
