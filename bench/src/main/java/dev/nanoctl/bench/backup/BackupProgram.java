package dev.nanoctl.bench.backup;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.manifest.FileJournalMemory;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.restore.ClusterRestore;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The backup engine on its own, with the settings that instances use, on a cluster that trusts this
 * machine. {@code bench/backup} times it as a process beside other tools.
 */
public final class BackupProgram {
  private static final UUID LINEAGE = new UUID(5, 6);
  private static final ShipperSettings SHIPPING = ShipperSettings.usual(LINEAGE, "nanoctl");
  private static final Secret PASSPHRASE =
      new Secret("protects-nothing-but-the-tables-of-pgbench-0");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int THREADS = 8;

  private final Path folder;

  private BackupProgram(Path folder) {
    this.folder = folder;
  }

  /**
   * Does one of these, in a folder that holds a repository and what is remembered of it.
   *
   * <ul>
   *   <li>{@code create FOLDER}
   *   <li>{@code ship FOLDER PORT}: ships log until it is ended
   *   <li>{@code backup FOLDER PORT}: beside a process that ships
   *   <li>{@code restore FOLDER DIRECTORY}: all there is, into an empty directory
   *   <li>{@code durable FOLDER PORT SECONDS}: ships, commits, and tells how long commits took to
   *       be in the repository, in milliseconds
   * </ul>
   */
  public static void main(String[] args) throws Exception {
    var program = new BackupProgram(Path.of(args[1]));
    switch (args[0]) {
      case "create" -> program.create();
      case "ship" -> program.ship(address(args[2]));
      case "backup" -> program.backup(address(args[2]));
      case "restore" -> program.restore(Path.of(args[2]));
      case "durable" -> program.durable(address(args[2]), Integer.parseInt(args[3]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static ServerAddress address(String port) {
    return ServerAddress.local(Integer.parseInt(port), "postgres", new Secret("trusted"));
  }

  private Repository repository() throws IOException {
    return DirectoryRepository.create(folder.resolve("repository"), Bandwidth.UNLIMITED);
  }

  private Vault.Machine machine(String who) {
    return new Vault.Machine(
        new FileJournalMemory(folder.resolve(who + ".head")),
        InstantSource.system(),
        new SecureRandom());
  }

  private Vault open(Repository repository, String who) throws IOException {
    return Vault.open(repository, PASSPHRASE, machine(who));
  }

  private void create() throws IOException {
    try (Repository repository = repository()) {
      byte[] recovery = RecoveryKey.generate(new SecureRandom()).publicKey();
      Vault.create(repository, PASSPHRASE, Argon2.of(PASSPHRASE), recovery, machine("backup"));
    }
  }

  private void ship(ServerAddress address) throws IOException, InterruptedException {
    try (Repository repository = repository()) {
      var log = new SealedLog(repository, open(repository, "shipper").sealer());
      ship(address, log, new LogShipper(address, SHIPPING, log, InstantSource.system()));
    }
  }

  /** Goes on after the server was started again. */
  private static void ship(ServerAddress address, SealedLog log, LogShipper shipper)
      throws InterruptedException {
    while (true) {
      try {
        long system;
        try (var connection = ReplicationConnection.open(address)) {
          system = connection.identify().systemId();
        }
        shipper.run(LogShipper.archived(log, SHIPPING, system));
      } catch (IOException e) {
        Thread.sleep(200);
      }
    }
  }

  private void backup(ServerAddress address) throws IOException {
    try (Repository repository = repository();
        var uploads = Executors.newVirtualThreadPerTaskExecutor()) {
      Vault vault = open(repository, "backup");
      var log = new SealedLog(repository, vault.sealer());
      try (SnapshotWriter writer = vault.begin(SnapshotSettings.forDatabase(0, uploads))) {
        DatabaseCut cut =
            new ClusterBackup(address, InstantSource.system(), _ -> {})
                .run(LINEAGE, true, writer.sink(Part.DATABASE));
        writer.publish(
            new SnapshotWriter.Finish(
                Instant.now(), Optional.of(cut), wanted -> await(log, wanted), Map.of()));
      }
    }
  }

  private static void await(SealedLog log, DatabaseCut cut) throws IOException {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (log.covered(LINEAGE, cut.timeline(), cut.start()).compareTo(cut.stop()) < 0) {
      if (System.nanoTime() > limit) {
        throw new IOException("nobody ships the log");
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  private void restore(Path data) throws IOException, InterruptedException {
    try (Repository repository = repository()) {
      Vault vault = open(repository, "restore");
      var log = new SealedLog(repository, vault.sealer());
      Recovery recovery = Recovery.choose(vault, log, new RecoveryWish.Newest());
      new ClusterRestore(recovery.snapshot(), log, THREADS).write(recovery.plan(), data);
    }
  }

  @SuppressWarnings("SystemOut") // a line for the table
  private void durable(ServerAddress address, int seconds) throws Exception {
    try (Repository repository = repository()) {
      var log = new SealedLog(repository, open(repository, "shipper").sealer());
      var shipper = new LogShipper(address, SHIPPING, log, InstantSource.system());
      Thread shipping =
          Thread.ofPlatform().daemon().start(() -> shipQuietly(address, log, shipper));
      System.out.println(new Durability(address, shipper).measure(seconds));
      shipping.interrupt();
      shipping.join();
    }
  }

  private static void shipQuietly(ServerAddress address, SealedLog log, LogShipper shipper) {
    try {
      ship(address, log, shipper);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
