package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Removes what no kept backup needs, in two phases with a grace between them. What is needed is
 * known from the manifests of the backups that the journal keeps; a listing only says what else
 * there is. The journal's order makes it safe against a backup that is published at the same time,
 * whatever the clocks show.
 */
public final class GarbageCollector {
  /**
   * What a run did.
   *
   * @param expired backups that are no longer kept
   * @param condemned keys that may go after the grace
   * @param removed keys that are gone
   * @param refused keys the store did not let go, for now
   * @param damaged keys that cannot be read, so that what they replace stays
   */
  public record Report(
      List<UUID> expired, int condemned, int removed, int refused, List<String> damaged) {}

  private static final int MOST_KEYS = 20_000;
  private static final int MOST_REPLACED = 100_000;

  private final Repository repository;
  private final Sealer sealer;
  private final Journal journal;
  private final Duration grace;
  private final List<LiveKeys> others;
  private final int threads;

  /**
   * Collects in that repository.
   *
   * @param grace longer than the longest backup
   * @param others what is needed besides manifests and packs
   * @param threads how many keys are removed at once
   */
  public GarbageCollector(
      Repository repository,
      Sealer sealer,
      Journal journal,
      Duration grace,
      List<LiveKeys> others,
      int threads) {
    this.repository = repository;
    this.sealer = sealer;
    this.journal = journal;
    this.grace = grace;
    this.others = List.copyOf(others);
    this.threads = threads;
  }

  /**
   * Expires backups, sweeps what was condemned long enough ago, and condemns what is not needed
   * now.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-REPO-SHRUNKEN} if less is there than must
   *     be; then nothing was removed
   */
  public Report run(Retention retention, ZoneId zone) throws IOException {
    journal.refresh();
    requireNewestGood();
    List<UUID> expired = expire(retention, zone);
    Set<String> live = live();
    Set<String> listed = listed(live);
    var removals = new Removals(repository, threads);
    sweep(live, listed, removals);
    List<String> damaged = replace(live, listed, removals);
    List<String> candidates =
        listed.stream()
            .filter(key -> !live.contains(key))
            .filter(key -> !journal.state().isCondemned(key) && !journal.state().isSwept(key))
            .sorted()
            .limit(MOST_KEYS)
            .toList();
    if (!candidates.isEmpty()) {
      journal.append(new JournalEvent.Condemned(candidates));
    }
    return new Report(expired, candidates.size(), removals.removed(), removals.refused(), damaged);
  }

  /** What is live may still be there twice. */
  private List<String> replace(Set<String> live, Set<String> listed, Removals removals)
      throws IOException {
    var damaged = new ArrayList<String>();
    for (LiveKeys other : others) {
      List<String> keys =
          listed.stream()
              .filter(key -> key.startsWith(other.prefix()) && live.contains(key))
              .toList();
      var replacements = new Replacements(journal, other, keys);
      replacements.note();
      replacements.letGo(journal.now().minus(grace), MOST_REPLACED, removals);
      damaged.addAll(replacements.damaged());
    }
    return damaged;
  }

  /** Nothing expires on the word of a backup that cannot be read. */
  private void requireNewestGood() throws IOException {
    List<JournalState.Backup> good = journal.state().good();
    if (good.isEmpty()) {
      throw RepositoryProblem.shrunken("there is no good backup");
    }
    Snapshot newest = Snapshot.open(repository, sealer, good.getLast());
    for (int pack = 1; pack <= newest.stored().packs().size(); pack++) {
      newest.blocks().id(pack, 0);
    }
  }

  private List<UUID> expire(Retention retention, ZoneId zone) throws IOException {
    List<UUID> expired =
        retention.expired(journal.state().backups(), lineages(), journal.now(), zone);
    if (!expired.isEmpty()) {
      journal.append(new JournalEvent.Expired(expired));
    }
    return expired;
  }

  private Map<UUID, UUID> lineages() throws IOException {
    var lineages = new HashMap<UUID, UUID>();
    for (JournalState.Backup backup : journal.state().good()) {
      readable(backup)
          .flatMap(snapshot -> snapshot.manifest().database())
          .ifPresent(cut -> lineages.put(backup.id(), cut.lineage()));
    }
    return lineages;
  }

  private Set<String> live() throws IOException {
    var live = new HashSet<String>();
    for (JournalState.Backup backup : journal.state().backups()) {
      live.add(backup.manifestKey());
      if (backup.failed()) {
        // its manifest may be what is damaged; its packs stay if it can be read
        readable(backup).ifPresent(s -> s.stored().packs().forEach(p -> live.add(p.key())));
      } else {
        Snapshot snapshot = Snapshot.open(repository, sealer, backup);
        snapshot.stored().packs().forEach(pack -> live.add(pack.key()));
      }
    }
    return live;
  }

  private Optional<Snapshot> readable(JournalState.Backup backup) throws IOException {
    try {
      return Optional.of(Snapshot.open(repository, sealer, backup));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  /** What is there, which must be all that is needed by good backups and perhaps more. */
  private Set<String> listed(Set<String> live) throws IOException {
    var listed = new HashSet<String>();
    repository.list("packs/", item -> listed.add(item.key()));
    repository.list("manifests/", item -> listed.add(item.key()));
    for (JournalState.Backup backup : journal.state().good()) {
      if (!listed.contains(backup.manifestKey())) {
        throw RepositoryProblem.shrunken("the listing lacks " + backup.manifestKey());
      }
    }
    boolean failed = journal.state().backups().size() > journal.state().good().size();
    for (String key : live) {
      if (!listed.contains(key) && !failed) {
        throw RepositoryProblem.shrunken("the listing lacks " + key);
      }
    }
    for (LiveKeys other : others) {
      var keys = new ArrayList<String>();
      repository.list(other.prefix(), item -> keys.add(item.key()));
      for (String key : keys) {
        listed.add(key);
        if (other.isLive(key)) {
          live.add(key);
        }
      }
    }
    return listed;
  }

  private void sweep(Set<String> live, Set<String> listed, Removals removals) throws IOException {
    List<String> due =
        journal.state().condemnedBefore(journal.now().minus(grace)).stream()
            .filter(key -> !live.contains(key) && listed.contains(key))
            .limit(MOST_KEYS)
            .toList();
    if (!due.isEmpty()) {
      journal.append(new JournalEvent.Swept(due));
    }
    removals
        .remove(journal.state().unremoved().stream().filter(listed::contains).toList())
        .forEach(journal.state()::removed);
  }
}
