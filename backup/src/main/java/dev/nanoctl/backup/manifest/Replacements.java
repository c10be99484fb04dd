package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Lets go of keys whose content another key holds as well, in two phases: the other one is noted in
 * the journal, and when it has been there for the grace and every byte of it was read back, what it
 * replaces goes. The journal names what stays, which is little, not what goes.
 */
final class Replacements {
  private static final int MOST_NOTED = 20_000;

  private final Journal journal;
  private final LiveKeys keys;
  private final Map<String, List<String>> parts = new TreeMap<>();
  private final List<String> damaged = new ArrayList<>();

  /** Of those keys that are there, what replaces which. */
  Replacements(Journal journal, LiveKeys keys, Collection<String> listed) {
    this.journal = journal;
    this.keys = keys;
    Predicate<String> usable = key -> !journal.state().isSwept(key);
    keys.held(listed.stream().filter(usable).toList())
        .forEach((part, whole) -> parts.computeIfAbsent(whole, _ -> new ArrayList<>()).add(part));
  }

  /**
   * Removes what was replaced before that time.
   *
   * @param most after how many keys to stop
   */
  void letGo(Instant before, int most, Removals removals) throws IOException {
    int tried = 0;
    for (var entry : parts.entrySet()) {
      String whole = entry.getKey();
      boolean due = journal.state().replacing(whole).filter(at -> at.isBefore(before)).isPresent();
      if (due && tried < most && isWhole(whole)) {
        removals.remove(entry.getValue());
        tried += entry.getValue().size();
      }
    }
  }

  /** Notes what replaces others and was not noted before. */
  void note() throws IOException {
    List<String> noted =
        parts.keySet().stream()
            .filter(key -> journal.state().replacing(key).isEmpty())
            .limit(MOST_NOTED)
            .toList();
    if (!noted.isEmpty()) {
      journal.append(new JournalEvent.Replaced(noted));
    }
  }

  /** What was to replace others and cannot be read. */
  List<String> damaged() {
    return List.copyOf(damaged);
  }

  private boolean isWhole(String key) throws IOException {
    try {
      keys.read(key);
      return true;
    } catch (ProblemException _) {
      damaged.add(key);
      return false;
    } catch (RepositoryException e) {
      if (!e.isLoss()) {
        throw e;
      }
      damaged.add(key);
      return false;
    }
  }
}
