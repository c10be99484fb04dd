package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Trees;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.backup.logical.LogicalBackup;
import dev.nanoctl.backup.manifest.FileJournalMemory;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the tables of a database hold, written down in a folder of this machine for as long as it
 * takes to bring them into another: encrypted with keys that nobody keeps.
 */
final class TablesApart implements AutoCloseable {
  private final Path folder;
  private final DirectoryRepository repository;
  private final Snapshot snapshot;

  private TablesApart(Path folder, DirectoryRepository repository, Snapshot snapshot) {
    this.folder = folder;
    this.repository = repository;
    this.snapshot = snapshot;
  }

  /**
   * Reads the tables of a database.
   *
   * @param folder is made for them, and gone when this is closed
   */
  static TablesApart read(DatabaseAddress database, Path folder, InstantSource clock)
      throws IOException, InterruptedException {
    Trees.delete(folder);
    Performer.privateFolder(folder);
    DirectoryRepository repository =
        DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
    boolean complete = false;
    try {
      var read = new TablesApart(folder, repository, write(database, folder, repository, clock));
      complete = true;
      return read;
    } finally {
      if (!complete) {
        repository.close();
        Trees.delete(folder);
      }
    }
  }

  private static Snapshot write(
      DatabaseAddress database, Path folder, DirectoryRepository repository, InstantSource clock)
      throws IOException, InterruptedException {
    var random = new SecureRandom();
    Secret passphrase = FreshSecrets.random();
    var machine =
        new Vault.Machine(new FileJournalMemory(folder.resolve("head.json")), clock, random);
    Vault vault =
        Vault.create(
            repository,
            passphrase,
            Argon2.of(passphrase),
            RecoveryKey.generate(random).publicKey(),
            machine);
    try (ExecutorService uploads = Executors.newVirtualThreadPerTaskExecutor();
        SnapshotWriter writer = vault.beginFull(SnapshotSettings.forDatabase(0, uploads))) {
      Catalogue catalogue =
          new LogicalBackup(database::connect, clock, _ -> {}).run(writer.sink(Part.DATABASE));
      writer.publish(
          new SnapshotWriter.Finish(clock.instant(), Optional.empty(), _ -> {}, catalogue.facts()));
    }
    return vault.newest();
  }

  /** Them. */
  Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public void close() throws IOException {
    repository.close();
    Trees.delete(folder);
  }
}
