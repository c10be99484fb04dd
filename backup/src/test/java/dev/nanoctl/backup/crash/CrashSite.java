package dev.nanoctl.backup.crash;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.manifest.FileJournalMemory;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * A repository on disk that two processes work on: one ships, the other backs up and restores.
 *
 * @param folder where everything of it lies
 */
record CrashSite(Path folder) {
  static final UUID LINEAGE = new UUID(3, 4);
  private static final Secret PASSPHRASE = new Secret("crash loop");
  private static final Argon2 CHEAP = new Argon2(8, 1, 1);

  static ShipperSettings shipping() {
    return new ShipperSettings(LINEAGE, "nanoctl", 64 << 10, Duration.ofMillis(40), 4);
  }

  /** Opened anew: what is left of unfinished writes is removed. */
  Repository repository() throws IOException {
    return DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
  }

  Vault create(Repository repository) throws IOException {
    var random = new SecureRandom();
    return Vault.create(
        repository, PASSPHRASE, CHEAP, RecoveryKey.generate(random).publicKey(), machine("main"));
  }

  Vault open(Repository repository) throws IOException {
    return Vault.open(repository, PASSPHRASE, machine("shipper"));
  }

  private Vault.Machine machine(String who) {
    return new Vault.Machine(
        new FileJournalMemory(folder.resolve(who + ".head")),
        InstantSource.system(),
        new SecureRandom());
  }
}
