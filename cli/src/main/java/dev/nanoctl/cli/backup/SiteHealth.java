package dev.nanoctl.cli.backup;

import dev.nanoctl.appliance.BackupMethod;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.cli.command.BackupHealth;
import dev.nanoctl.cli.command.BackupHealth.TargetHealth;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig.Target;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.SiteConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the backups of an instance are. Success has to be seen: what was last noted is good for a
 * time only, and nothing noted is not well.
 */
final class SiteHealth {
  /** A daily backup may begin late and take a while. */
  private static final Duration LAST_GOOD = Duration.ofHours(26);

  private static final Duration NOTE_GOOD = Duration.ofSeconds(30);
  private static final Duration BEHIND = Duration.ofSeconds(60);
  private static final String CREATE = "nanoctl backup create";

  private final Instance instance;
  private final SiteConfig config;
  private final Instant now;
  private final boolean stopped;
  private final boolean logged;
  private final DrillLook drills;
  private final List<Problem> problems = new ArrayList<>();

  SiteHealth(Instance instance, SiteConfig config, Instant now, DrillLook drills) {
    this.drills = drills;
    this.instance = instance;
    this.config = config;
    this.now = now;
    this.logged = BackupMethod.of(instance).logged();
    this.stopped = Files.exists(instance.layout().stopped());
  }

  BackupHealth report() {
    List<TargetHealth> targets = config.backup().targets().stream().map(this::target).toList();
    return new BackupHealth(targets, problems, lastDrill(), logged);
  }

  private Optional<Instant> lastDrill() {
    Optional<Instant> since = TargetFiles.firstAdded(instance.layout(), config.backup());
    if (since.isEmpty()) {
      return Optional.empty();
    }
    DrillLook.Seen seen =
        drills.look(instance.layout(), config.backup().drills(), since.get(), now);
    problems.addAll(seen.problems());
    return seen.lastGood();
  }

  private TargetHealth target(Target target) {
    Layout layout = instance.layout();
    var files = new TargetFiles(layout, target.name());
    try {
      Optional<TargetFiles.Last> last = files.last();
      Optional<ShippingNote> note = files.shipping();
      if (files.added().isEmpty()) {
        notAdded(target, note.map(ShippingNote::message).orElse(""));
      } else {
        lastBackup(target, last, files.failure());
        files.gap().ifPresent(gap -> gap(target, gap));
        if (!stopped && logged) {
          shipping(target, note);
        }
      }
      return new TargetHealth(
          target.name(),
          target.place().shown(),
          last.map(TargetFiles.Last::at),
          note.map(n -> n.behind(fresh(n) ? n.at() : now)),
          note.map(ShippingNote::lag).orElse(0L),
          note.map(ShippingNote::message).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As after a recovery that could not reach it; whoever ships tries it again and again. */
  private void notAdded(Target target, String why) {
    problem(
        "NC-BACKUP-TARGET-NEW",
        "the target %s is in the configuration, but no repository of this instance was found there%s"
            .formatted(target.name(), why.isEmpty() ? "" : ": " + why),
        "mend the place, or: nanoctl config set backup.%s.location --default, then: %s"
            .formatted(target.name(), Targets.ADD));
  }

  private void lastBackup(
      Target target, Optional<TargetFiles.Last> last, Optional<TargetFiles.Failure> failure) {
    String why = failure.map(f -> "; the last attempt failed: " + f.message()).orElse("");
    if (last.isEmpty()) {
      problem(
          "NC-BACKUP-MISSING",
          "there is no backup at %s yet%s".formatted(target.name(), why),
          CREATE);
    } else if (Schedule.isToCome(last.get().at(), now)) {
      problem(
          "NC-BACKUP-OLD",
          "the last backup at %s was taken by a clock that was wrong, at %s%s"
              .formatted(target.name(), last.get().at(), why),
          CREATE);
    } else if (config.backup().daily().isPresent()
        && last.get().at().isBefore(now.minus(LAST_GOOD))) {
      problem(
          "NC-BACKUP-OLD",
          "the last good backup at %s is %d hours old%s"
              .formatted(target.name(), Duration.between(last.get().at(), now).toHours(), why),
          CREATE);
    }
  }

  private void gap(Target target, TargetFiles.Gap gap) {
    problem(
        "NC-BACKUP-GAP",
        "log at %s that was stored is missing from %s on; nothing after that can be restored from there until there is a new backup"
            .formatted(target.name(), gap.from()),
        CREATE);
  }

  private boolean fresh(ShippingNote note) {
    return !note.at().isBefore(now.minus(NOTE_GOOD));
  }

  private void shipping(Target target, Optional<ShippingNote> note) {
    String test = "nanoctl backup target test " + target.name();
    if (note.isEmpty() || !fresh(note.get())) {
      problem(
          "NC-BACKUP-NOT-SHIPPING",
          "nothing ships the log to " + target.name(),
          "nanoctl logs agent, then: nanoctl restart");
      return;
    }
    ShippingNote seen = note.get();
    Duration behind = seen.behind(now);
    if (behind.compareTo(BEHIND) > 0 || !seen.message().isEmpty()) {
      problem(
          "NC-BACKUP-WAL-BEHIND",
          "changes of the last %d s are not at %s yet%s"
              .formatted(
                  behind.toSeconds(),
                  target.name(),
                  seen.message().isEmpty() ? "" : ": " + seen.message()),
          test);
    }
    if (seen.limit() > 0 && seen.lag() > seen.limit() / 2) {
      problem(
          "NC-BACKUP-WAL-FILLING",
          "%s of log wait for %s; at %s the database gives them up"
              .formatted(new ByteSize(seen.lag()), target.name(), new ByteSize(seen.limit())),
          test);
    }
  }

  private void problem(String code, String message, String fix) {
    problems.add(new Problem.NotWell(code, message, fix));
  }
}
