package dev.nanoctl.server.search;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.server.nano.NanoSearchSource;
import dev.nanoctl.server.nano.SearchDocument;
import dev.nanoctl.server.outbox.Outbox;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index like the database: follows every change, compares both now and then, and writes
 * the index anew when it has to be.
 */
public final class Indexing implements Outbox.Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

  /** Of all servers of a site, one at a time writes the index anew or compares it. */
  private static final long LOCK = 0x6e616e6f_736561L;

  private final Jdbi jdbi;
  private final NanoSearchSource source;
  private final SearchIndex index;
  private final ReentrantLock rebuilding = new ReentrantLock();

  /** Keeps this index like what the source tells. */
  public Indexing(Jdbi jdbi, NanoSearchSource source, SearchIndex index) {
    this.jdbi = jdbi;
    this.source = source;
    this.index = index;
  }

  /** Hears how far a rebuild is. */
  @FunctionalInterface
  public interface Progress {
    /** That many of so many steps are done. */
    void at(long done, long total);
  }

  @Override
  public void deliver(List<Outbox.Entry> entries) {
    Set<UUID> changed = new LinkedHashSet<>();
    for (Outbox.Entry entry : entries) {
      entry.payload().text("id").map(UUID::fromString).ifPresent(changed::add);
    }
    refresh(changed);
  }

  /** Makes these entries like the database. */
  void refresh(Set<UUID> changed) {
    if (!changed.isEmpty()) {
      jdbi.useHandle(tx -> changed.forEach(id -> refresh(tx, id)));
    }
  }

  private void refresh(Handle tx, UUID id) {
    Optional<SearchDocument> nano = source.searchDocument(tx, id);
    if (nano.isPresent()) {
      index.put(SearchEntries.of(nano.get()));
    } else {
      index.delete(id);
    }
  }

  /**
   * Mends what differs between the index and the database; nothing while another server does, or
   * writes the index anew.
   *
   * @return how many entries had to be mended
   */
  public int reconcile() {
    return alone(this::compare).orElse(0);
  }

  /** Does work while no other server does such; nothing while one does. */
  private <T> Optional<T> alone(Supplier<T> work) {
    // a connection of its own: in its transaction, those of the work would not be their own
    try (Handle lock = jdbi.open()) {
      if (!lock.select("SELECT pg_try_advisory_lock(?)", LOCK).mapTo(Boolean.class).one()) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.get());
      } finally {
        lock.execute("SELECT pg_advisory_unlock(?)", LOCK);
      }
    }
  }

  private int compare() {
    index.flush();
    // the index first: a nano that changes in between looks outdated and is only written twice
    Map<UUID, Long> indexed = index.revisions();
    return jdbi.inTransaction(tx -> {
      Map<UUID, Instant> published = source.publishedSince(tx);
      Set<UUID> wrong = new LinkedHashSet<>();
      published.forEach((id, changedAt) -> {
        Long revision = indexed.get(id);
        if (revision == null || revision != SearchEntries.revision(changedAt)) {
          wrong.add(id);
        }
      });
      indexed.keySet().stream().filter(id -> !published.containsKey(id)).forEach(wrong::add);
      wrong.forEach(id -> refresh(tx, id));
      if (!wrong.isEmpty()) {
        LOG.info("the search index differed from the database in {} nanos; mended", wrong.size());
      }
      return wrong.size();
    });
  }

  /**
   * Writes the index anew from the database; searches go on in the old one meanwhile.
   *
   * @return how many nanos it holds
   * @throws dev.nanoctl.core.ProblemException NC-SEARCH-REBUILD-RUNNING while another server does
   *     it
   */
  public long rebuild(Progress progress) {
    rebuilding.lock();
    try {
      return alone(
              () -> {
                long count = write(progress);
                // what other servers changed in the moment of the exchange
                compare();
                return count;
              })
          .orElseThrow(Indexing::running);
    } finally {
      rebuilding.unlock();
    }
  }

  private static ProblemException running() {
    return new Problem.Locked(
            "NC-SEARCH-REBUILD-RUNNING",
            "another server is writing the search index anew, or comparing it",
            "wait for it to end")
        .raise();
  }

  private long write(Progress progress) {
    try (SearchIndex.Rebuild rebuild = index.rebuild()) {
      long[] count = {0};
      jdbi.useTransaction(
          TransactionIsolationLevel.REPEATABLE_READ,
          tx -> {
            long total = 2L * source.publishedSince(tx).size();
            source.streamPublished(
                tx,
                nano -> {
                  rebuild.learn(SearchEntries.of(nano));
                  progress.at(++count[0], total);
                });
            source.streamPublished(
                tx,
                nano -> {
                  rebuild.put(SearchEntries.of(nano));
                  progress.at(++count[0], total);
                });
          });
      rebuild.finish();
      LOG.info("the search index was written anew with {} nanos", count[0] / 2);
      return count[0] / 2;
    }
  }

  /** Whether the index wants to be written anew, and can be. */
  boolean wantsRebuild() {
    return switch (index.condition()) {
      case EMPTIED, OUTGROWN -> true;
      case GOOD, UNREACHABLE -> false;
    };
  }
}
