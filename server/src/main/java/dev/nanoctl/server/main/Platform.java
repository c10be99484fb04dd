package dev.nanoctl.server.main;

import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.broadcast.Changes;
import dev.nanoctl.server.broadcast.NewsTable;
import dev.nanoctl.server.broadcast.PostgresBroadcast;
import dev.nanoctl.server.job.Jobs;
import dev.nanoctl.server.media.Media;
import dev.nanoctl.server.media.scan.MalwareScan;
import dev.nanoctl.server.outbox.Outbox;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * What every feature is built from; a server and a tool beside it build it alike.
 *
 * @param jdbi the database
 * @param clock the time
 * @param ids new keys
 * @param audit the record of what happened
 * @param outbox side effects that follow a commit
 * @param jobs work that outlives its request
 * @param changes what readers may have cached
 */
public record Platform(
    Jdbi jdbi,
    InstantSource clock,
    Supplier<UUID> ids,
    Audit audit,
    Outbox outbox,
    Jobs jobs,
    Changes changes) {
  /** For a tool that works on the database while a server may run. */
  public static Platform beside(Jdbi jdbi, InstantSource clock, Supplier<UUID> ids) {
    return beside(jdbi, clock, ids, SharedConfig.Kind.ALONE);
  }

  /**
   * For a tool that works on the database while servers may run.
   *
   * @param shared how those hear of changes
   */
  public static Platform beside(
      Jdbi jdbi, InstantSource clock, Supplier<UUID> ids, SharedConfig.Kind shared) {
    Broadcast broadcast =
        switch (shared) {
          case ALONE -> PostgresBroadcast.ofTool();
          case REDIS -> new NewsTable();
        };
    return of(jdbi, clock, ids, Changes.remote(broadcast));
  }

  /** What media are made from. */
  Media.Parts media(MalwareScan scan) {
    return new Media.Parts(jdbi, jobs, audit, clock, ids, scan);
  }

  static Platform of(Jdbi jdbi, InstantSource clock, Supplier<UUID> ids, Changes changes) {
    return new Platform(
        jdbi, clock, ids, new Audit(clock), new Outbox(clock), new Jobs(jdbi, clock, ids), changes);
  }
}
