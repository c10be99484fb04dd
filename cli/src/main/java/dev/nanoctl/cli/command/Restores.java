package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.plan.Plan;
import dev.nanoctl.core.site.SiteFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings an instance's data back. */
public interface Restores {
  /**
   * What is wanted back.
   *
   * @param to a time, a position, a backup's id, or {@code newest}
   * @param target the target's name; empty: the first one that can bring that back
   * @param config whether configuration and secrets come back, too
   */
  record Wish(String to, Optional<String> target, boolean config) {}

  /**
   * The backup that a restore begins with.
   *
   * @param target the name of the target that has it
   * @param cut the time it was cut to
   */
  record Beginning(String target, String id, Instant cut) {}

  /**
   * What would be restored.
   *
   * @param steps what would be done
   * @param backup where it begins
   * @param log the names of the segments of log that would be replayed
   * @param bytes how much would be fetched, log included
   * @param roughly how long it is likely to take
   * @param remark what is restored otherwise than wished; mostly nothing
   */
  record Preview(
      Plan steps,
      Beginning backup,
      List<String> log,
      long bytes,
      Duration roughly,
      Optional<String> remark) {
    /** Keeps its own copy. */
    public Preview {
      log = List.copyOf(log);
    }
  }

  /** What a wish comes to; nothing is changed. */
  Preview preview(SiteFolder site, Wish wish);

  /** Restores beside the live data and switches in. */
  void restore(SiteFolder site, Wish wish, Progress progress);

  /** Removes what was kept from before the last restore; false if nothing was. */
  boolean accept(SiteFolder site);

  /** Puts back what was live before the last restore. */
  void undo(SiteFolder site, Progress progress);

  /** Finishes or undoes a restore that was interrupted; false if none was. */
  boolean resume(SiteFolder site, Progress progress);
}
