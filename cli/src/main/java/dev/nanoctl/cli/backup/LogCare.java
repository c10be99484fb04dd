package dev.nanoctl.cli.backup;

import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the log at each target compacted once an hour, at one target after the other. */
final class LogCare {
  private static final Logger LOG = LoggerFactory.getLogger(LogCare.class);
  private static final Duration EVERY = Duration.ofHours(1);

  /** Compacts the log at a target. */
  @FunctionalInterface
  interface Work {
    LogCompactor.Report compact(Target target);
  }

  private final Work work;
  private final InstantSource steady;
  private final Map<String, Instant> next = new HashMap<>();

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
        compact(target);
      }
    }
  }

  private void compact(Target target) {
    try {
      LogCompactor.Report report = work.compact(target);
      if (report.made() > 0) {
        LOG.info(
            "{} pieces of log at {} became {}, {} bytes of log each on average",
            report.pieces(),
            target.name(),
            report.made(),
            report.bytes() / report.made());
      }
      report
          .failures()
          .forEach(why -> LOG.warn("log at {} stays in pieces: {}", target.name(), why));
    } catch (ProblemException e) {
      LOG.warn("log at {} is not compacted for now: {}", target.name(), e.getMessage());
    }
  }
}
