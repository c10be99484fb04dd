package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.wire.TimelineHistory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Finds where the log of a lineage ends in a store. A shipper that was killed may leave a hole
 * before the last pieces, as several are on their way at once; from there shipping goes on. Holes
 * farther back are left where log was let go of.
 */
final class ArchiveEnd {
  private final LogStore store;
  private final ShipperSettings settings;

  ArchiveEnd(LogStore store, ShipperSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** The end of what is there without a hole; empty if the lineage has yet to begin. */
  Optional<Resumption.Archived> find(long systemId) throws IOException {
    List<LogRange> known = store.list(settings.lineage()).stream().sorted(LogRange.ORDER).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    int timeline = known.getLast().timeline();
    List<LogChain> chains = LogChain.all(timeline, known);
    var oldest = new LogPosition(Math.max(0, chains.getLast().end().value() - settings.back()));
    LogChain chain =
        chains.stream().filter(c -> c.end().compareTo(oldest) >= 0).findFirst().orElseThrow();
    boolean startUnderway = chain.equals(chains.getFirst()) && chain.start().compareTo(oldest) > 0;
    Optional<LogPosition> end =
        startUnderway
            ? begun(chain, timeline, known.getFirst().timeline() < timeline)
            : Optional.of(chain.end());
    return end.map(position -> new Resumption.Archived(systemId, timeline, position));
  }

  /** The end of the first log of a timeline, whose very first piece may have been lost. */
  private Optional<LogPosition> begun(LogChain chain, int timeline, boolean forked)
      throws IOException {
    if (forked) {
      Optional<LogPosition> fork =
          store.history(settings.lineage(), timeline).map(ArchiveEnd::fork);
      return Optional.of(
          fork.filter(position -> position.compareTo(chain.start()) < 0).orElse(chain.end()));
    }
    boolean whole = LogRange.segmentOf(chain.start()).equals(chain.start());
    return whole ? Optional.of(chain.end()) : Optional.empty();
  }

  private static LogPosition fork(TimelineHistory history) {
    return history.forks().getLast().end();
  }
}
