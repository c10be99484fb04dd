package dev.nanoctl.cli;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.cli.command.BackupHealth;
import dev.nanoctl.cli.command.Backups;
import dev.nanoctl.cli.command.Each;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Backups that exist in memory only. */
final class FakeBackups implements Backups {
  private final Instant now;
  private final List<Kept> kept = new ArrayList<>();
  private final List<Each.Missed> missed = new ArrayList<>();
  private final List<String> targets = new ArrayList<>();
  private Optional<String> damage = Optional.empty();
  private Optional<Problem> wrong = Optional.empty();
  private Optional<Problem> refused = Optional.empty();

  FakeBackups(Instant now) {
    this.now = now;
  }

  /** From now on backups turn out to be damaged. */
  void damage(String why) {
    damage = Optional.of(why);
  }

  /** From now on the second target is away. */
  void lose(Problem problem) {
    missed.add(new Each.Missed("second", problem.raise()));
  }

  private <T> Each<T> each(T one) {
    return new Each<>(List.of(one), missed);
  }

  /** From now on this is wrong. */
  void goWrong(Problem problem) {
    wrong = Optional.of(problem);
  }

  /** From now on no new place is good for backups. */
  void refuse(Problem problem) {
    refused = Optional.of(problem);
  }

  @Override
  public Each<Made> create(
      SiteFolder site, Optional<String> target, boolean full, Progress progress) {
    if (targets.isEmpty()) {
      throw new Problem.Usage(
              "NC-BACKUP-NO-TARGET", "there is no target for backups", "nanoctl backup target add")
          .raise();
    }
    progress.at("database", 1000);
    var id = new UUID(0x0123_4567_89AB_4CDEL, kept.size());
    kept.add(new Kept("first", id, now, false, false));
    return each(new Made("first", id, now, 52_428_800, 1_048_576, Duration.ofMillis(2100)));
  }

  @Override
  public Each<Kept> list(SiteFolder site, Optional<String> target) {
    return new Each<>(kept, missed);
  }

  @Override
  public Details show(SiteFolder site, Optional<String> target, String id) {
    if (kept.isEmpty()) {
      throw RepositoryProblem.noBackup("there is no good backup yet");
    }
    Kept last = kept.getLast();
    return new Details(
        last,
        new SnapshotManifest(
            last.id(), now, now, Optional.empty(), List.of(), Map.of("rows.nano", "7")));
  }

  @Override
  public Each<Verified> verify(
      SiteFolder site, Optional<String> target, String id, Progress progress) {
    return each(new Verified(kept.getLast(), 52_428_800, damage));
  }

  @Override
  public Each<Pruned> prune(SiteFolder site, Optional<String> target, Progress progress) {
    return each(new Pruned("first", List.of(new UUID(1, 2)), 3, 0, 1));
  }

  @Override
  public BackupHealth health(SiteFolder site) {
    return new BackupHealth(
        targets.stream()
            .map(place ->
                new BackupHealth.TargetHealth(
                    "first",
                    place,
                    kept.stream().map(Kept::at).findFirst(),
                    Optional.of(Duration.ZERO),
                    0,
                    ""))
            .toList(),
        wrong.stream().toList(),
        kept.isEmpty() ? Optional.empty() : Optional.of(now),
        true);
  }

  @Override
  public List<String> tryPlace(NewTarget target) {
    if (refused.isPresent()) {
      throw refused.get().raise();
    }
    return List.of();
  }

  @Override
  public Added addTarget(SiteFolder site, NewTarget target) {
    targets.add(target.location());
    return new Added(
        "first", target.location(), List.of("it is slow"), newKit(site, Optional.empty()));
  }

  @Override
  public List<String> testTarget(SiteFolder site, Optional<String> target) {
    return List.of();
  }

  @Override
  public RecoveryKit newKit(SiteFolder site, Optional<String> target) {
    return new RecoveryKit(
        "lernhof",
        new UUID(5, 6),
        List.of("/mnt/backup"),
        now,
        RecoveryKey.generate(new Random(1)));
  }
}
