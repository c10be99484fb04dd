package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.manifest.JournalState;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.repo.S3Repository;
import dev.nanoctl.backup.repo.S3Target;
import dev.nanoctl.cli.command.Backups.NewTarget;
import dev.nanoctl.cli.serve.KeyFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.NewSite;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The places that an instance keeps its backups at. */
public final class Targets {
  /** What to do when there is none. */
  public static final String ADD = "nanoctl backup target add";

  private static final String FIRST = "first";
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);

  private Targets() {}

  /** The target of that name; a problem when there is none. */
  public static Target require(BackupConfig config, String name) {
    return config
        .target(name)
        .orElseThrow(() ->
            new Problem.Usage(
                    "NC-BACKUP-NO-TARGET",
                    config.targets().isEmpty()
                        ? "there is no target for backups"
                        : "there is no target named " + name,
                    config.targets().isEmpty() ? ADD : "nanoctl backup target list")
                .raise());
  }

  /** The target of that name, or the first one. */
  public static Target choose(BackupConfig config, Optional<String> name) {
    return require(
        config, name.or(() -> config.targets().stream().map(Target::name).findFirst()).orElse(""));
  }

  /** The target of that name, or all there are; a problem when there is none. */
  public static List<Target> candidates(BackupConfig config, Optional<String> name) {
    return name.isPresent() || config.targets().isEmpty()
        ? List.of(choose(config, name))
        : config.targets();
  }

  /**
   * What comes of the first target that it can be done at; those that log reaches are asked first.
   *
   * @throws ProblemException the first failure, when it can be done at none
   */
  public static <T> T first(
      Instance instance, List<Target> targets, InstantSource clock, Function<Target, T> work) {
    return first(LogWait.readyFirst(instance.layout(), targets, clock.instant()), work);
  }

  /**
   * What comes of the first of those targets that it can be done at.
   *
   * @throws ProblemException the first failure, when it can be done at none
   */
  public static <T> T first(List<Target> targets, Function<Target, T> work) {
    Optional<ProblemException> failed = Optional.empty();
    for (Target target : targets) {
      try {
        return work.apply(target);
      } catch (ProblemException e) {
        if (e.problem() instanceof Problem.Interrupted) {
          throw e;
        }
        failed = failed.or(() -> Optional.of(e));
      }
    }
    throw failed.orElseThrow();
  }

  /** A target that is in no configuration yet. */
  public static Target of(NewTarget wanted) {
    ConfigText text = TargetText.with(NewSite.text(Map.of()), FIRST, wanted);
    BackupConfig config = new SiteConfigFile(Path.of("nanoctl.yml")).require(text).backup();
    return require(config, FIRST);
  }

  /** The account of a bucket that is in no configuration yet; empty for a directory. */
  public static Optional<S3Target.Account> account(NewTarget wanted) {
    return wanted.account().map(known -> new S3Target.Account(known.access(), known.secret()));
  }

  /** The account of a bucket, as its secrets of the site say; empty for a directory. */
  static Optional<S3Target.Account> account(Layout layout, Target target) {
    return switch (target.place()) {
      case Place.Directory _ -> Optional.empty();
      case Place.Bucket _ ->
          Optional.of(
              new S3Target.Account(
                  key(layout, SecretNames.backupAccess(target.name())).value(),
                  key(layout, SecretNames.backupSecret(target.name()))));
    };
  }

  private static Secret key(Layout layout, String name) {
    Path file = layout.secret(name);
    return KeyFile.read(
        file, "NC-BACKUP-KEY", what -> file + ", the file of a target's key, " + what);
  }

  /**
   * Opens a place that was used before.
   *
   * @param account who asks a bucket; without a meaning for a directory
   */
  static Repository open(Target target, Optional<S3Target.Account> account) throws IOException {
    return switch (target.place()) {
      case Place.Directory(Path path) -> DirectoryRepository.open(path, bandwidth(target));
      case Place.Bucket(SiteConfig.Bucket bucket) -> bucket(target, bucket, account);
    };
  }

  /** Opens a place that may be new; a directory is made where it is missing. */
  static Repository create(Target target, Optional<S3Target.Account> account) throws IOException {
    return switch (target.place()) {
      case Place.Directory(Path path) -> DirectoryRepository.create(path, bandwidth(target));
      case Place.Bucket(SiteConfig.Bucket bucket) -> bucket(target, bucket, account);
    };
  }

  /**
   * Goes on with the repository that is there already, where it opens; where it does not, shipping
   * tries it again and again.
   */
  public static void adopt(Instance instance, Target target, InstantSource clock) {
    try {
      goOnWith(instance, target, clock);
    } catch (IOException | ProblemException e) {
      LOG.warn("the target {} is not gone on with yet: {}", target.name(), e.getMessage());
    }
  }

  /**
   * Goes on with the repository that is there already. The log begins a new history, which a backup
   * follows at once.
   */
  static void goOnWith(Instance instance, Target target, InstantSource clock) throws IOException {
    var files = new TargetFiles(instance.layout(), target.name());
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      if (!vault.vault().journal().state().good().isEmpty()) {
        JournalState.Backup newest = SiteCare.find(vault, "");
        SnapshotManifest manifest = vault.vault().open(newest).manifest();
        UUID lineage = manifest.database().map(DatabaseCut::lineage).orElse(TablesReading.NO_LOG);
        long bytes = manifest.files().stream().mapToLong(file -> file.source().size()).sum();
        files.last(new TargetFiles.Last(manifest.id(), newest.published(), lineage, bytes, 0));
      }
      files.added(new TargetFiles.Added(vault.vault().sealer().repository(), clock.instant()));
    }
  }

  private static Repository bucket(
      Target target, SiteConfig.Bucket bucket, Optional<S3Target.Account> account)
      throws IOException {
    return S3Repository.open(
        new S3Target(
            bucket.endpoint(),
            bucket.region(),
            bucket.name(),
            bucket.pathStyle(),
            bucket.prefix(),
            account.orElseThrow()),
        bandwidth(target));
  }

  private static Bandwidth bandwidth(Target target) {
    return target.bandwidth().map(size -> new Bandwidth(size.bytes())).orElse(Bandwidth.UNLIMITED);
  }

  /** A target that cannot be used, as a problem that says so. */
  public static ProblemException unusable(Target target, IOException e) {
    return unusable(target, e, "nanoctl backup target test " + target.name());
  }

  static ProblemException unusable(Target target, IOException e, String fix) {
    String message =
        "the target %s (%s) cannot be used: %s"
            .formatted(target.name(), target.place().shown(), reason(e));
    boolean refused =
        e instanceof RepositoryException failure
            && (failure.kind() == RepositoryException.Kind.DENIED
                || failure.kind() == RepositoryException.Kind.DAMAGED
                || failure.kind() == RepositoryException.Kind.TAKEN);
    return refused
        ? new Problem.Repository("NC-BACKUP-TARGET-REFUSES", message, fix).raise(e)
        : new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", message, fix).raise(e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
