package dev.nanoctl.cli.command;

import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.crypto.RecoveryKit;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What can be done with the backups of an instance. Where a target is not named, all are meant.
 * Taking, reading back and letting go happen one at a time; one waits a minute for another.
 */
public interface Backups {
  /** Is told how a backup comes along. */
  @FunctionalInterface
  interface Progress {
    /**
     * It is there now.
     *
     * @param bytes how much of it was read; 0 where nothing is read
     */
    void at(String what, long bytes);
  }

  /**
   * A backup that was taken and published.
   *
   * @param at the time everything in it was cut to
   * @param bytes how much it holds
   * @param stored how much of that was not there before, compressed and sealed
   */
  record Made(String target, UUID id, Instant at, long bytes, long stored, Duration took) {}

  /**
   * A backup that is kept.
   *
   * @param at when it was published
   * @param drilled whether a drill restored it
   * @param failed whether it was found damaged
   */
  record Kept(String target, UUID id, Instant at, boolean drilled, boolean failed) {}

  /** A backup and all that it holds. */
  record Details(Kept backup, SnapshotManifest manifest) {}

  /**
   * A backup that was read back.
   *
   * @param bytes how much it holds
   * @param damage what is wrong with it; empty if nothing is
   */
  record Verified(Kept backup, long bytes, Optional<String> damage) {}

  /**
   * What pruning a target did.
   *
   * @param expired backups that are no longer kept
   * @param condemned objects that go when a day has passed
   * @param removed objects that are gone
   * @param refused objects the store does not let go yet
   */
  record Pruned(String target, List<UUID> expired, int condemned, int removed, int refused) {}

  /** The account of a bucket. */
  record Account(String access, Secret secret) {}

  /**
   * A target that is to be added; texts are as in the configuration.
   *
   * @param hostStyle whether the bucket is a part of the host's name
   * @param account there for a bucket
   */
  record NewTarget(
      String location,
      Optional<String> endpoint,
      Optional<String> region,
      boolean hostStyle,
      Optional<String> bandwidth,
      Optional<Account> account) {}

  /**
   * A target that was added.
   *
   * @param remarks what is unusual about it
   * @param kit is not kept anywhere
   */
  record Added(String name, String place, List<String> remarks, RecoveryKit kit) {}

  /** Takes a backup at every target, or at one; those that are well come first. */
  Each<Made> create(SiteFolder site, Optional<String> target, boolean full, Progress progress);

  /** The backups that are kept, oldest first, target by target. */
  Each<Kept> list(SiteFolder site, Optional<String> target);

  /**
   * What a backup holds, at the first target that has it; an empty id means the newest good one.
   */
  Details show(SiteFolder site, Optional<String> target, String id);

  /**
   * Reads a backup back, all of it: the one of that id at the first target that has it, or with an
   * empty id the newest good one at each.
   */
  Each<Verified> verify(SiteFolder site, Optional<String> target, String id, Progress progress);

  /** Lets go of what need not be kept. */
  Each<Pruned> prune(SiteFolder site, Optional<String> target, Progress progress);

  /** How the backups are. */
  BackupHealth health(SiteFolder site);

  /**
   * Sees that a new place does what backups need and holds none yet; what is unusual about it.
   * Needs no instance.
   */
  List<String> tryPlace(NewTarget target);

  /** Makes a repository at a new place and keeps backups there from now on. */
  Added addTarget(SiteFolder site, NewTarget target);

  /** Tries a target; what is unusual about it. */
  List<String> testTarget(SiteFolder site, Optional<String> target);

  /** A new recovery kit; earlier ones stay good. */
  RecoveryKit newKit(SiteFolder site, Optional<String> target);
}
