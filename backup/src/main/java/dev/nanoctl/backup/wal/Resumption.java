package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wire.Slot;
import dev.nanoctl.backup.wire.TimelineHistory;

/** How shipping goes on after a connection was made. */
public sealed interface Resumption {
  /** From there, on that timeline. */
  record Continue(int timeline, LogPosition from) implements Resumption {
    /**
     * Not after what the slot was told to be durable, as far back as a hole can be. A shipper that
     * was killed may leave a hole before the last pieces, and a listing that shows too little hides
     * it; log that is sent twice costs little.
     *
     * @param most how far back at most, in bytes
     */
    public Continue notAfter(Slot slot, long most) {
      if (slot.timeline() != timeline || slot.restart().compareTo(from) >= 0) {
        return this;
      }
      long back = Math.max(slot.restart().value(), from.value() - most);
      return new Continue(timeline, new LogPosition(back));
    }
  }

  /** What the server writes is not what the lineage goes on with: a new one has to begin. */
  record NewLineage(String reason) implements Resumption {}

  /**
   * What a lineage is known to hold.
   *
   * @param systemId of the cluster that wrote it
   * @param timeline the last of it
   * @param end of its log
   */
  record Archived(long systemId, int timeline, LogPosition end) {}

  /**
   * Decides from what is archived and what the server says of itself.
   *
   * @param history of the server's timeline
   */
  static Resumption decide(Archived archived, DatabaseIdentity server, TimelineHistory history) {
    if (archived.systemId() != server.systemId()) {
      return new NewLineage("this is another cluster");
    }
    if (archived.timeline() == server.timeline()) {
      return archived.end().compareTo(server.end()) > 0
          ? new NewLineage(
              "the server's log ends at %s, the archive's at %s: the server was set back"
                  .formatted(server.end(), archived.end()))
          : new Continue(archived.timeline(), archived.end());
    }
    if (!history.contains(archived.timeline())) {
      return new NewLineage(
          "the server's timeline %d does not descend from %d"
              .formatted(server.timeline(), archived.timeline()));
    }
    LogPosition fork = history.end(archived.timeline()).orElseThrow();
    if (archived.end().compareTo(fork) > 0) {
      return new NewLineage(
          "the server left timeline %d at %s, the archive goes on to %s"
              .formatted(archived.timeline(), fork, archived.end()));
    }
    return new Continue(archived.timeline(), archived.end());
  }
}
