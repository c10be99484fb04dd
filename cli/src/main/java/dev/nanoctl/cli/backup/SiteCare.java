package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.manifest.GarbageCollector;
import dev.nanoctl.backup.manifest.JournalEvent;
import dev.nanoctl.backup.manifest.JournalState;
import dev.nanoctl.backup.manifest.Retention;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.restore.Recovery;
import dev.nanoctl.backup.wal.LiveLog;
import dev.nanoctl.backup.wal.LogChain;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.LogReader;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.command.Backups.Progress;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks after the backups of one target: reads them back, and lets go of old ones. */
final class SiteCare {
  private static final Duration GRACE = Duration.ofDays(1);
  private static final int REMOVALS = 8;

  private final Instance instance;
  private final Target target;
  private final InstantSource clock;

  SiteCare(Instance instance, Target target, InstantSource clock) {
    this.instance = instance;
    this.target = target;
    this.clock = clock;
  }

  /** What came of reading a backup back. */
  record Verdict(JournalState.Backup backup, long bytes, Optional<String> damage) {}

  /**
   * Reads everything a backup needs, and marks it in the journal when it is damaged.
   *
   * @param id of a backup that is kept, or its beginning; empty for the newest
   * @param progress is told how much was read
   */
  Verdict verify(String id, Progress progress) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      vault.reading(bytes -> progress.at("reading back from " + target.name(), bytes));
      JournalState.Backup backup = find(vault, id);
      try {
        return new Verdict(backup, read(vault, backup), Optional.empty());
      } catch (ProblemException e) {
        return failed(vault, backup, String.valueOf(e.getMessage()));
      } catch (RepositoryException e) {
        if (!e.isLoss()) {
          throw e;
        }
        return failed(vault, backup, String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  private static Verdict failed(SiteVault vault, JournalState.Backup backup, String why)
      throws IOException {
    if (!backup.failed()) {
      vault.vault().journal().append(new JournalEvent.Failed(backup.id()));
    }
    return new Verdict(backup, 0, Optional.of(why));
  }

  private static long read(SiteVault vault, JournalState.Backup backup) throws IOException {
    Snapshot snapshot = vault.vault().open(backup);
    snapshot.verify();
    if (snapshot.manifest().database().isPresent()) {
      readLog(vault.log(), snapshot.manifest().database().get());
    }
    return snapshot.manifest().files().stream()
        .map(SnapshotFile::source)
        .mapToLong(SourceFile::size)
        .sum();
  }

  private static void readLog(SealedLog log, DatabaseCut cut) throws IOException {
    LogPosition from = LogRange.segmentOf(cut.start());
    LogChain chain = LogChain.from(from, cut.timeline(), log.list(cut.lineage()));
    if (chain.end().compareTo(cut.stop()) < 0) {
      throw RepositoryProblem.damaged(
          LogRange.prefix(cut.lineage()),
          "lacks log from %s on, it is needed up to %s".formatted(chain.end(), cut.stop()));
    }
    new LogReader(log).read(chain.ranges(), from, cut.stop(), (_, _, _) -> {});
  }

  /** The backup whose id begins so, or the newest good one. */
  static JournalState.Backup find(SiteVault vault, String id) {
    JournalState state = vault.vault().journal().state();
    List<JournalState.Backup> found =
        id.isEmpty()
            ? state.good().stream().skip(Math.max(0, state.good().size() - 1)).toList()
            : state.backups().stream().filter(b -> b.id().toString().startsWith(id)).toList();
    if (found.size() != 1) {
      throw RepositoryProblem.noBackup(
          id.isEmpty()
              ? "there is no good backup yet"
              : found.isEmpty() ? "there is no backup " + id : "several backups begin with " + id);
    }
    return found.getFirst();
  }

  /** Merges the small pieces of log that were settled by now. */
  LogCompactor.Report compact(LogCompactor.Limits limits) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      return new LogCompactor(vault.log(), vault.vault().journal().state(), clock, limits).run();
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  /**
   * From where on log is missing at the target that was noted as durable there, counted from the
   * last backup; empty if none is, or the next backup begins another log anyway.
   */
  Optional<LogPosition> missing() {
    var files = new TargetFiles(instance.layout(), target.name());
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      Optional<ShippingNote> note = files.shipping();
      Optional<TargetFiles.Last> last = files.last();
      if (note.isEmpty() || last.isEmpty() || files.gap().isPresent()) {
        return Optional.empty();
      }
      Optional<DatabaseCut> cut =
          vault.vault().open(find(vault, last.get().id().toString())).manifest().database();
      Optional<LogPosition> durable = note.get().progress().map(ShippingNote.Progress::durable);
      if (cut.isEmpty()
          || durable.isEmpty()
          || !note.get().lineage().equals(cut.map(DatabaseCut::lineage))) {
        return Optional.empty();
      }
      LogPosition reach = Recovery.reach(vault.log(), cut.get());
      return reach.compareTo(durable.get()) < 0 ? Optional.of(reach) : Optional.empty();
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }

  /** Notes that log is lost, so that a backup follows. */
  void lost(LogPosition from) {
    try {
      new TargetFiles(instance.layout(), target.name())
          .gap(new TargetFiles.Gap(clock.instant(), from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets go of what need not be kept any longer. */
  GarbageCollector.Report prune(BackupConfig.Kept kept) {
    try (SiteVault vault = SiteVault.open(instance, target, clock)) {
      Instant window = clock.instant().minus(Duration.ofDays(kept.days()));
      var all = new ArrayList<DatabaseCut>();
      var recent = new ArrayList<DatabaseCut>();
      for (JournalState.Backup backup : vault.vault().journal().state().good()) {
        Optional<DatabaseCut> cut = vault.vault().open(backup).manifest().database();
        cut.ifPresent(all::add);
        if (backup.published().isAfter(window)) {
          cut.ifPresent(recent::add);
        }
      }
      List<UUID> current =
          Lineage.load(instance.layout(), target.name()).map(Lineage::id).stream().toList();
      return vault
          .vault()
          .collector(GRACE, List.of(new LiveLog(vault.log(), all, recent, current)), REMOVALS)
          .run(new Retention(kept.days(), kept.weeks(), kept.drilled()), ZoneId.systemDefault());
    } catch (IOException e) {
      throw Targets.unusable(target, e);
    }
  }
}
