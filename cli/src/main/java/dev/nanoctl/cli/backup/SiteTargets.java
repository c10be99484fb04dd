package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.BackupMethod;
import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.ReplicationRole;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.repo.RepositoryProbe;
import dev.nanoctl.backup.repo.S3Target;
import dev.nanoctl.cli.command.Backups.Added;
import dev.nanoctl.cli.command.Backups.NewTarget;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds targets to an instance, tries them, and makes recovery kits for them. */
final class SiteTargets {
  private static final String CHECK = "check the place, and the keys it asks for";

  /** What targets are called. */
  static final List<String> NAMES = List.of("first", "second");

  private final Instance instance;
  private final SiteConfigFile file;
  private final InstantSource clock;

  SiteTargets(Instance instance, InstantSource clock) {
    this.instance = instance;
    this.file = new SiteConfigFile(instance.layout().site().config());
    this.clock = clock;
  }

  /**
   * Makes a repository at a new place, after it was seen to do what backups need, and enters it in
   * the configuration. What fails leaves the configuration as it was.
   */
  Added add(NewTarget wanted) {
    ConfigText before = file.text();
    String name = freeName(file.require(before));
    ConfigText after = TargetText.with(before, name, wanted);
    SiteConfig config = file.require(after);
    Target target = config.backup().target(name).orElseThrow();
    refuseTwice(config, target);
    Layout layout = instance.layout();
    try {
      Performer.privateFolder(layout.backup());
      if (wanted.account().isPresent()) {
        TargetText.keep(layout, name, wanted.account().get());
      }
      secrets(layout);
      List<String> remarks = new ArrayList<>(probed(target, true));
      remarks.addAll(sameDisk(layout, target));
      RecoveryKey key = RecoveryKey.generate(new SecureRandom());
      try (SiteVault vault = SiteVault.create(instance, target, key.publicKey(), clock)) {
        Lineage.forget(layout, name);
        var files = new TargetFiles(layout, name);
        files.forget();
        files.added(new TargetFiles.Added(vault.vault().sealer().repository(), clock.instant()));
        file.write(after);
        return new Added(name, target.place().shown(), remarks, kit(config, vault, key));
      }
    } catch (SQLException e) {
      throw SiteFacts.unanswered(e);
    } catch (IOException e) {
      throw Targets.unusable(target, e, CHECK);
    }
  }

  private void secrets(Layout layout) throws IOException, SQLException {
    FreshSecrets.make(layout, List.of(SecretNames.BACKUP_PASSPHRASE));
    switch (BackupMethod.of(instance)) {
      case PHYSICAL -> {
        FreshSecrets.make(layout, List.of(SecretNames.REPLICATION));
        ReplicationRole.ensure(instance);
      }
      case REPLICATED, LOGICAL -> {}
    }
  }

  /** Sees that a place does what backups need and holds none yet; what is unusual about it. */
  static List<String> tried(NewTarget wanted) {
    Target target = Targets.of(wanted);
    try (Repository repository = Targets.create(target, Targets.account(wanted))) {
      Vault.requireEmpty(repository);
      return probed(target, repository);
    } catch (IOException e) {
      throw Targets.unusable(target, e, CHECK);
    }
  }

  private static String freeName(SiteConfig config) {
    return NAMES.stream()
        .filter(name -> config.backup().target(name).isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-BACKUP-TARGETS-FULL",
                    "there are two targets already",
                    "nanoctl config set backup.second.location --default gives one up")
                .raise());
  }

  private static void refuseTwice(SiteConfig config, Target target) {
    boolean known =
        config.backup().targets().stream()
            .anyMatch(other ->
                !other.name().equals(target.name())
                    && other.place().shown().equals(target.place().shown()));
    if (known) {
      throw new Problem.Usage(
              "NC-BACKUP-TARGET-KNOWN",
              target.place().shown() + " is a target already",
              "nanoctl backup target list")
          .raise();
    }
  }

  /** Tries what backups rely on; what is unusual about the place. */
  List<String> probed(Target target, boolean isNew) throws IOException {
    Optional<S3Target.Account> account = Targets.account(instance.layout(), target);
    try (Repository repository =
        isNew ? Targets.create(target, account) : Targets.open(target, account)) {
      return probed(target, repository);
    }
  }

  private static List<String> probed(Target target, Repository repository) throws IOException {
    RepositoryProbe.Found found = new RepositoryProbe(repository).run();
    if (!found.failures().isEmpty()) {
      throw unfit(target, found.failures());
    }
    return found.remarks();
  }

  private static ProblemException unfit(Target target, List<String> failures) {
    return new Problem.Repository(
            "NC-BACKUP-TARGET-UNFIT",
            "%s cannot keep backups: %s"
                .formatted(target.place().shown(), String.join("; ", failures)),
            "choose another storage; nothing was changed")
        .raise();
  }

  private static List<String> sameDisk(Layout layout, Target target) throws IOException {
    if (target.place() instanceof Place.Directory(Path path)
        && Files.getFileStore(path).equals(Files.getFileStore(layout.root()))) {
      return List.of("it lies on the disk of the site itself: both are lost when that disk is");
    }
    return List.of();
  }

  /** Tries a target that is in use: that it does what is needed, and that it is the right one. */
  List<String> test(Target target) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      assert vault != null;
      return probed(target, false);
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  /** A new recovery kit for a target; earlier ones stay good. */
  RecoveryKit newKit(SiteConfig config, Target target) {
    RecoveryKey key = RecoveryKey.generate(new SecureRandom());
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      vault.vault().admit(key.publicKey());
      return kit(config, vault, key);
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  private RecoveryKit kit(SiteConfig config, SiteVault vault, RecoveryKey key) {
    return new RecoveryKit(
        config.site().name(),
        vault.vault().sealer().repository(),
        List.of(vault.target().place().shown()),
        clock.instant(),
        key);
  }
}
