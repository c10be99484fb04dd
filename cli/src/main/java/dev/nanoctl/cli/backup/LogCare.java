package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the log at each target compacted once an hour, at one target after the other, and looked
 * through for what is missing. A listing may show too little for a moment: only what is missing
 * twice is missing.
 */
final class LogCare {
  private static final Logger LOG = LoggerFactory.getLogger(LogCare.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  /** What is done for the log at a target. */
  interface Work {
    /** Merges small pieces. */
    LogCompactor.Report compact(Target target);

    /** From where on log is missing that was durable; empty if none is. */
    Optional<LogPosition> missing(Target target);

    /** It is missing indeed. */
    void lost(Target target, LogPosition from);
  }

  private final Work work;
  private final InstantSource steady;
  private final Map<String, Instant> next = new HashMap<>();
  private final Set<String> suspected = new HashSet<>();

  /**
   * Does that work.
   *
   * @param steady goes on evenly, whatever is done to the machine's clock
   */
  LogCare(Work work, InstantSource steady) {
    this.work = work;
    this.steady = steady;
  }

  /** Does what is due now; what fails is tried again after an hour, as log is safe meanwhile. */
  void look(Collection<Target> targets) {
    for (Target target : targets) {
      Instant now = steady.instant();
      if (!now.isBefore(next.getOrDefault(target.name(), now))) {
        next.put(target.name(), now.plus(EVERY));
        try {
          if (!suspected.contains(target.name())) {
            compact(target);
          }
          lookThrough(target);
        } catch (ProblemException e) {
          LOG.warn("log at {} is not looked after for now: {}", target.name(), e.getMessage());
        }
      }
    }
  }

  private void compact(Target target) {
    LogCompactor.Report report = work.compact(target);
    if (report.made() > 0) {
      LOG.info(
          "{} pieces of log at {} became {}, {} bytes of log each on average",
          report.pieces(),
          target.name(),
          report.made(),
          report.bytes() / report.made());
    }
    report.failures().forEach(why -> LOG.warn("log at {} stays in pieces: {}", target.name(), why));
  }

  private void lookThrough(Target target) {
    Optional<LogPosition> missing = work.missing(target);
    if (missing.isEmpty()) {
      suspected.remove(target.name());
    } else if (suspected.remove(target.name())) {
      LOG.error("log at {} that was stored is missing from {} on", target.name(), missing.get());
      work.lost(target, missing.get());
    } else {
      suspected.add(target.name());
      next.put(target.name(), steady.instant().plus(AGAIN));
    }
  }
}
