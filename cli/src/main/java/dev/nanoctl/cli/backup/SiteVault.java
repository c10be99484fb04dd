package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.manifest.FileJournalMemory;
import dev.nanoctl.backup.manifest.JournalMemory;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.S3Target;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A target's repository, opened: its snapshots and its log. Close it. */
public final class SiteVault implements AutoCloseable {
  private final Target target;
  private final CountedRepository repository;
  private final Vault vault;

  private SiteVault(Target target, CountedRepository repository, Vault vault) {
    this.target = target;
    this.repository = repository;
    this.vault = vault;
  }

  /**
   * Opens the repository of an instance's target with the instance's own passphrase.
   *
   * @throws dev.nanoctl.core.ProblemException when the target cannot be used, or is not the one
   *     this instance wrote to
   */
  public static SiteVault open(Instance instance, Target target, InstantSource clock) {
    Layout layout = instance.layout();
    return opened(
        target,
        () -> Targets.open(target, Targets.account(layout, target)),
        repository ->
            Vault.open(
                repository,
                instance.secret(SecretNames.BACKUP_PASSPHRASE),
                machine(new FileJournalMemory(memory(layout, target.name())), clock)));
  }

  /**
   * Makes a repository at an instance's new target.
   *
   * @param recovery the public half of the recovery key
   */
  static SiteVault create(Instance instance, Target target, byte[] recovery, InstantSource clock) {
    Layout layout = instance.layout();
    return opened(
        target,
        () -> Targets.create(target, Targets.account(layout, target)),
        repository -> {
          Path memory = memory(layout, target.name());
          Files.deleteIfExists(memory);
          Secret passphrase = instance.secret(SecretNames.BACKUP_PASSPHRASE);
          return Vault.create(
              repository,
              passphrase,
              Argon2.of(passphrase),
              recovery,
              machine(new FileJournalMemory(memory), clock));
        });
  }

  /**
   * Opens a repository with nothing of the instance: for drills, and when the instance is lost.
   *
   * @param account who asks a bucket; empty for a directory
   */
  public static SiteVault recover(
      Target target, Optional<S3Target.Account> account, RecoveryKey key, InstantSource clock) {
    return opened(
        target,
        () -> Targets.open(target, account),
        repository -> Vault.open(repository, key, machine(new Forgetful(), clock)));
  }

  private static Vault.Machine machine(JournalMemory memory, InstantSource clock) {
    return new Vault.Machine(memory, clock, new SecureRandom());
  }

  private static Path memory(Layout layout, String target) {
    return layout.backup().resolve(target + "-head.json");
  }

  private interface Place {
    Repository open() throws IOException;
  }

  private interface Content {
    Vault open(Repository repository) throws IOException;
  }

  private static SiteVault opened(Target target, Place place, Content content) {
    try {
      var repository = new CountedRepository(place.open());
      boolean complete = false;
      try {
        var vault = new SiteVault(target, repository, content.open(repository));
        complete = true;
        return vault;
      } finally {
        if (!complete) {
          repository.close();
        }
      }
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  /** Where it is. */
  public Target target() {
    return target;
  }

  /** Its snapshots and its journal. Not for several threads. */
  public Vault vault() {
    return vault;
  }

  /** The store itself. */
  public Repository repository() {
    return repository;
  }

  /** How many bytes were stored through it that were not there before. */
  long stored() {
    return repository.stored();
  }

  /** Has that told how many bytes were read through it by then, whenever there are more. */
  void reading(LongConsumer told) {
    repository.reading(told);
  }

  /** Its write-ahead log. */
  public SealedLog log() {
    return new SealedLog(repository, vault.sealer());
  }

  @Override
  public void close() {
    try {
      repository.close();
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  /** Knows nothing of earlier times. */
  private static final class Forgetful implements JournalMemory {
    private Optional<Head> head = Optional.empty();

    @Override
    public Optional<Head> load() {
      return head;
    }

    @Override
    public void save(Head seen) {
      head = Optional.of(seen);
    }
  }
}
