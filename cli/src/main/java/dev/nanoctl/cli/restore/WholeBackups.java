package dev.nanoctl.cli.restore;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.backup.manifest.JournalState.Backup;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.restore.RecoveryWish;
import dev.nanoctl.cli.restore.DatabaseReturn.Chosen;
import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Chooses among backups that can be restored as they were taken, and in no other way. */
public final class WholeBackups {
  private WholeBackups() {}

  /**
   * Whether the newest backup that fulfils a wish is one of these; files and log may lead further.
   */
  static boolean are(Vault vault, RecoveryWish wish) throws IOException {
    for (Backup backup : vault.journal().state().good().reversed()) {
      SnapshotManifest manifest = vault.open(backup).manifest();
      boolean whole = Catalogue.in(manifest);
      boolean fits =
          switch (wish) {
            case RecoveryWish.Newest _ -> true;
            case RecoveryWish.At(Instant time) -> !manifest.cut().isAfter(time);
            case RecoveryWish.To _ -> !whole;
            case RecoveryWish.Of(String id) -> manifest.id().toString().startsWith(id);
          };
      if (fits) {
        return whole;
      }
    }
    return Catalogue.in(vault.newest().manifest());
  }

  /**
   * The newest backup that fulfils a wish. For a time that is the last one before it, and said so.
   *
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-WHOLE} for a position in a log
   *     that there is none of, and {@code NC-BACKUP-NONE} when no backup fits
   */
  static Chosen choose(Vault vault, RecoveryWish wish) throws IOException {
    Snapshot snapshot = newest(vault, wish);
    return new Chosen(snapshot, Optional.empty(), List.of(), 0, remark(snapshot, wish));
  }

  /** The newest backup that fulfils a wish. */
  public static Snapshot newest(Vault vault, RecoveryWish wish) throws IOException {
    Predicate<Snapshot> fits =
        switch (wish) {
          case RecoveryWish.Newest _ -> _ -> true;
          case RecoveryWish.At(Instant time) -> s -> !s.manifest().cut().isAfter(time);
          case RecoveryWish.To _ -> throw onlyWhole(wish);
          case RecoveryWish.Of(String id) -> s -> s.manifest().id().toString().startsWith(id);
        };
    for (Backup backup : vault.journal().state().good().reversed()) {
      Snapshot snapshot = vault.open(backup);
      if (Catalogue.in(snapshot.manifest()) && fits.test(snapshot)) {
        return snapshot;
      }
    }
    throw RepositoryProblem.noBackup("no backup of a database elsewhere leads to " + wish.text());
  }

  private static Optional<String> remark(Snapshot snapshot, RecoveryWish wish) {
    Instant cut = snapshot.manifest().cut();
    return wish instanceof RecoveryWish.At(Instant time) && !cut.equals(time)
        ? Optional.of(
            "moments between backups are not kept: the last backup before %s is of %s"
                .formatted(time, cut))
        : Optional.empty();
  }

  private static RuntimeException onlyWhole(RecoveryWish wish) {
    return new Problem.Usage(
            "NC-RESTORE-WHOLE",
            "the database is elsewhere and backed up as a whole: there is no log that could lead to "
                + wish.text(),
            "nanoctl backup list, then nanoctl restore --to with a backup's id")
        .raise();
  }
}
