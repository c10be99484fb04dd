package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.manifest.JournalState.Backup;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.LogStore;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which snapshot and which log fulfil a wish.
 *
 * @param snapshot where the database comes from
 * @param later the snapshot after it, which knows objects that were added meanwhile
 * @param plan the exact log
 * @param cutShort whether there is log beyond its end that a hole keeps from being used
 */
public record Recovery(
    Snapshot snapshot, Optional<Snapshot> later, RestorePlan plan, boolean cutShort) {
  /**
   * Chooses the newest backup from which the wish can be reached.
   *
   * @throws dev.nanoctl.core.ProblemException with {@code NC-BACKUP-NONE} when no backup is old
   *     enough, or as {@link RestorePlan#of} says
   */
  public static Recovery choose(Vault vault, LogStore log, RecoveryWish wish) throws IOException {
    Predicate<Snapshot> fits =
        switch (wish) {
          case RecoveryWish.Newest _ -> _ -> true;
          case RecoveryWish.At at -> s -> !s.manifest().cut().isAfter(at.time());
          case RecoveryWish.To to ->
              s -> s.manifest().database().orElseThrow().stop().compareTo(to.position()) <= 0;
          case RecoveryWish.Of of -> s -> s.manifest().id().toString().startsWith(of.backup());
        };
    Optional<Snapshot> later = Optional.empty();
    for (Backup backup : vault.journal().state().good().reversed()) {
      Snapshot snapshot = vault.open(backup);
      if (snapshot.manifest().database().isPresent() && fits.test(snapshot)) {
        return of(snapshot, later, log, target(wish));
      }
      later = Optional.of(snapshot);
    }
    throw RepositoryProblem.noBackup("no backup leads to " + wish.text());
  }

  private static Recovery of(
      Snapshot snapshot, Optional<Snapshot> later, LogStore log, RestoreTarget target)
      throws IOException {
    DatabaseCut cut = snapshot.manifest().database().orElseThrow();
    List<LogRange> known = log.list(cut.lineage());
    RestorePlan plan = RestorePlan.of(cut, history(log, cut, known), known, target);
    return new Recovery(snapshot, later, plan, plan.isCutShort(known));
  }

  /** Up to where the log that is there leads from a backup without a hole. */
  public static LogPosition reach(LogStore log, DatabaseCut cut) throws IOException {
    List<LogRange> known = log.list(cut.lineage());
    return RestorePlan.reach(cut, history(log, cut, known), known);
  }

  /** A lineage ends with its last timeline; a restore begins another lineage. */
  private static TimelineHistory history(LogStore log, DatabaseCut cut, Collection<LogRange> known)
      throws IOException {
    int last = known.stream().mapToInt(LogRange::timeline).max().orElse(cut.timeline());
    int timeline = Math.max(last, cut.timeline());
    return log.history(cut.lineage(), timeline).orElseGet(() -> TimelineHistory.none(timeline));
  }

  private static RestoreTarget target(RecoveryWish wish) {
    return switch (wish) {
      case RecoveryWish.Newest _ -> new RestoreTarget.Newest();
      case RecoveryWish.At at -> new RestoreTarget.Time(at.time());
      case RecoveryWish.To to -> new RestoreTarget.Position(to.position());
      case RecoveryWish.Of _ -> new RestoreTarget.Backup();
    };
  }

  /** How much log is replayed, in bytes. */
  public long logBytes() {
    return plan.parts().stream().mapToLong(p -> p.end().value() - p.start().value()).sum();
  }
}
