package dev.nanoctl.backup.wal;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.manifest.LiveKeys;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which log is needed: what makes each kept backup consistent, and all that follows the oldest
 * backup from which any moment can be restored.
 */
public final class LiveLog implements LiveKeys {
  private static final Comparator<LogRange> OUTER_FIRST =
      Comparator.comparing(LogRange::lineage)
          .thenComparingInt(LogRange::timeline)
          .thenComparing(LogRange::start)
          .thenComparing(LogRange::end, Comparator.reverseOrder());

  private final LogStore log;
  private final List<DatabaseCut> kept;
  private final Map<UUID, LogPosition> windows = new HashMap<>();
  private final Collection<UUID> current;

  /**
   * What is needed by these.
   *
   * @param log reads what is to stand for other pieces
   * @param kept the cuts of all kept backups
   * @param window those of them from which any later moment is to be restored
   * @param current lineages that are being written, of which all is needed that no backup of the
   *     window follows
   */
  public LiveLog(
      LogStore log,
      Collection<DatabaseCut> kept,
      Collection<DatabaseCut> window,
      Collection<UUID> current) {
    this.log = log;
    this.kept = List.copyOf(kept);
    this.current = List.copyOf(current);
    window.forEach(
        cut -> windows.merge(cut.lineage(), first(cut), (a, b) -> a.compareTo(b) <= 0 ? a : b));
  }

  @Override
  public String prefix() {
    return "wal/";
  }

  @Override
  public boolean isLive(String key) {
    Optional<LogRange> range = LogRange.parse(key);
    return range.map(this::isLive).orElseGet(() -> isKnown(key));
  }

  private boolean isLive(LogRange range) {
    LogPosition window = windows.get(range.lineage());
    if (window == null ? current.contains(range.lineage()) : range.end().compareTo(window) > 0) {
      return true;
    }
    return kept.stream()
        .anyMatch(cut ->
            cut.lineage().equals(range.lineage())
                && range.end().compareTo(first(cut)) > 0
                && range.start().compareTo(cut.stop()) < 0);
  }

  /** PostgreSQL reads the segment in which a backup starts from its first page on. */
  private static LogPosition first(DatabaseCut cut) {
    return LogRange.segmentOf(cut.start());
  }

  /** The pieces that lie within another one, and the largest such. */
  @Override
  public Map<String, String> held(Collection<String> keys) {
    List<LogRange> sorted =
        keys.stream().flatMap(key -> LogRange.parse(key).stream()).sorted(OUTER_FIRST).toList();
    Map<String, String> held = new HashMap<>();
    Optional<LogRange> outer = Optional.empty();
    for (LogRange range : sorted) {
      if (outer.isPresent() && outer.get().contains(range)) {
        held.put(range.key(), outer.get().key());
      } else {
        outer = Optional.of(range);
      }
    }
    return held;
  }

  @Override
  public void read(String key) throws IOException {
    log.get(LogRange.parse(key).orElseThrow());
  }

  /** What is no log, such as a timeline's history, is needed as long as its lineage is. */
  private boolean isKnown(String key) {
    return current.stream().anyMatch(lineage -> key.startsWith(LogRange.prefix(lineage)))
        || kept.stream().anyMatch(cut -> key.startsWith(LogRange.prefix(cut.lineage())));
  }
}
