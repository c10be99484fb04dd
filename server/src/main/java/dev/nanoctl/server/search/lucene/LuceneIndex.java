package dev.nanoctl.server.search.lucene;

import dev.nanoctl.core.Problem;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.text.GermanText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search index in a folder, by Lucene.
 *
 * <p>Writers change the index; one thread makes changes visible a moment later, several at a time,
 * and puts them on disk within a second. What a crash loses is written again from the database. An
 * index that is damaged or of another schema is begun anew, and {@link #condition} says so.
 */
public final class LuceneIndex implements SearchIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);
  private static final int FEW_WORDS = 1_000;

  // it warns that an incubating module is missing, which nothing here would gain from
  private static final java.util.logging.Logger VECTORS =
      java.util.logging.Logger.getLogger(
          "org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTORS.setLevel(java.util.logging.Level.SEVERE);
    LuceneClasses.initialise();
  }

  private final Home home;
  private final Object writing = new Object();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final LiveWords words = new LiveWords();
  private final Refresher refresher;
  private volatile Store store;
  private volatile Snapshot snapshot;
  private volatile GermanText text;
  private volatile Condition condition;
  private @Nullable LuceneRebuild rebuilding;

  /** Changes made, and how many of them searches see. */
  private long changes;

  private long shown;

  /** Opens the index in a folder, or begins one. */
  public LuceneIndex(Path folder) {
    try {
      home = Home.lock(folder);
      Condition found = Condition.GOOD;
      Store opened;
      try {
        opened = Store.open(home.current());
      } catch (IndexNotFoundException _) {
        LOG.info("there is no search index in {} yet; it is begun", folder);
        opened = beginAnew(home);
        found = Condition.EMPTIED;
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "the search index in {} cannot be used and is begun anew: {}", folder, e.toString());
        opened = beginAnew(home);
        found = Condition.EMPTIED;
      }
      home.sweep();
      store = opened;
      condition = found;
      text = following();
      DirectoryReader reader = DirectoryReader.open(opened.writer());
      words.read(reader);
      long generation = Math.max(opened.committedGeneration() + 1, System.currentTimeMillis());
      snapshot = new Snapshot(reader, words.vocabulary(), generation, new Snapshot.ColumnCache());
    } catch (IOException e) {
      throw unusable(folder, e);
    }
    refresher = new Refresher(this::refresh, this::commit);
  }

  private static Store beginAnew(Home home) throws IOException {
    Path fresh = home.fresh();
    Store store = Store.create(fresh);
    store.commit(0);
    home.replace(fresh);
    return store;
  }

  private static RuntimeException unusable(Path folder, IOException e) {
    return new Problem.Unavailable(
            "NC-SEARCH-INDEX-UNUSABLE",
            "the search index in " + folder + " cannot be opened: " + e.getMessage(),
            "check that the folder is writable and the disk is not full")
        .raise(e);
  }

  @Override
  public void put(SearchEntry entry) {
    Documents documents = new Documents(text);
    Documents.Made made = documents.of(entry);
    synchronized (writing) {
      if (rebuilding != null) {
        rebuilding.meanwhile(entry.id(), entry);
      }
      changes++;
      write(() -> store.writer().updateDocument(idTerm(entry.id()), made.document()));
      words.add(made.forms());
    }
    refresher.changed();
  }

  @Override
  public void delete(UUID id) {
    synchronized (writing) {
      if (rebuilding != null) {
        rebuilding.meanwhile(id, null);
      }
      changes++;
      write(() -> store.writer().deleteDocuments(idTerm(id)));
      words.removed();
    }
    refresher.changed();
  }

  static Term idTerm(UUID id) {
    return new Term(Fields.ID, Documents.idTerm(id));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing change) {
    try {
      change.run();
    } catch (IOException e) {
      condition = Condition.EMPTIED;
      throw new Problem.Unavailable(
              "NC-SEARCH-WRITE-FAILED",
              "the search index could not be written: " + e.getMessage(),
              "check the disk; the index is then written anew from the database")
          .raise(e);
    }
  }

  @Override
  public void flush() {
    refresh();
    commit();
  }

  /** Makes changes visible. */
  private void refresh() {
    synchronized (writing) {
      if (shown == changes) {
        return;
      }
      write(() -> {
        Snapshot old = snapshot;
        DirectoryReader changed = DirectoryReader.openIfChanged(old.reader(), store.writer(), true);
        if (changed != null) {
          learnWords(changed);
          show(new Snapshot(changed, words.vocabulary(), old.generation() + 1, old.columns()));
        }
        shown = changes;
      });
    }
  }

  private void learnWords(DirectoryReader all) throws IOException {
    if (words.haveDrifted(all.numDocs())) {
      words.read(all);
      wordsChanged();
    } else if (words.areDue()) {
      words.takeOver();
      wordsChanged();
    }
  }

  private void wordsChanged() {
    text.lexiconChanged();
    if (condition == Condition.GOOD
        && words.vocabulary().size() > FEW_WORDS + store.wordsAtBuild() * 13L / 10) {
      condition = Condition.OUTGROWN;
    }
  }

  private void show(Snapshot next) throws IOException {
    Snapshot old = snapshot;
    snapshot = next;
    listeners.forEach(Runnable::run);
    old.reader().decRef();
  }

  /** Makes changes durable; once a while, so this is also when words put off are learnt. */
  private void commit() {
    synchronized (writing) {
      write(() -> {
        if (words.areBehind()) {
          Snapshot old = snapshot;
          words.takeOver();
          wordsChanged();
          old.reader().incRef();
          show(new Snapshot(old.reader(), words.vocabulary(), old.generation() + 1, old.columns()));
        }
        store.commit(snapshot.generation());
      });
    }
  }

  private interface Reading<T> {
    T run(Snapshot snapshot) throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    Snapshot current = snapshot;
    while (!current.reader().tryIncRef()) {
      if (closed.get()) {
        throw new IllegalStateException("the search index is closed");
      }
      current = snapshot;
    }
    try {
      return reading.run(current);
    } catch (IOException e) {
      condition = Condition.EMPTIED;
      throw new Problem.Unavailable(
              "NC-SEARCH-READ-FAILED",
              "the search index could not be read: " + e.getMessage(),
              "it is written anew from the database; if that fails, check the disk")
          .raise(e);
    } finally {
      try {
        current.reader().decRef();
      } catch (IOException e) {
        LOG.warn("a snapshot of the search index did not close", e);
      }
    }
  }

  @Override
  public SearchResult search(SearchQuery query) {
    return read(current -> new LuceneSearch(current, text).run(query));
  }

  @Override
  public List<String> suggest(String typed, int limit) {
    return read(current -> new Suggestions(current).of(typed, limit));
  }

  @Override
  public long generation() {
    return snapshot.generation();
  }

  @Override
  public void whenChanged(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public int size() {
    return read(current -> current.reader().numDocs());
  }

  @Override
  public Map<UUID, Long> revisions() {
    return read(current -> {
      Map<UUID, Long> revisions = new HashMap<>(current.reader().numDocs() * 2);
      for (LeafReaderContext leaf : current.reader().leaves()) {
        addRevisions(leaf, revisions);
      }
      return revisions;
    });
  }

  private static void addRevisions(LeafReaderContext leaf, Map<UUID, Long> revisions)
      throws IOException {
    Bits live = leaf.reader().getLiveDocs();
    NumericDocValues values = DocValues.getNumeric(leaf.reader(), Fields.REVISION);
    BinaryDocValues hits = DocValues.getBinary(leaf.reader(), Fields.HIT);
    for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
      if ((live == null || live.get(doc)) && values.advanceExact(doc) && hits.advanceExact(doc)) {
        revisions.put(HitData.id(hits.binaryValue()), values.longValue());
      }
    }
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  public Rebuild rebuild() {
    synchronized (writing) {
      if (rebuilding != null) {
        throw new Problem.Locked(
                "NC-SEARCH-REBUILD-RUNNING",
                "the search index is already being written anew",
                "wait for it to end")
            .raise();
      }
      try {
        rebuilding = new LuceneRebuild(this, Store.create(home.fresh()));
      } catch (IOException e) {
        throw unusable(store.path(), e);
      }
      return rebuilding;
    }
  }

  void abandoned(LuceneRebuild rebuild) {
    synchronized (writing) {
      if (rebuilding == rebuild) {
        rebuilding = null;
      }
    }
  }

  /** Takes over a finished index. */
  void replace(LuceneRebuild rebuild, Store next, int wordsLearnt, GermanText analysis) {
    synchronized (writing) {
      write(() -> {
        rebuild.addMeanwhile();
        long generation = snapshot.generation() + 1;
        next.builtWith(wordsLearnt);
        next.commit(generation);
        DirectoryReader reader = DirectoryReader.open(next.writer());
        home.replace(next.path());
        Store old = store;
        store = next;
        words.read(reader);
        text = analysis;
        condition = Condition.GOOD;
        show(new Snapshot(reader, words.vocabulary(), generation, new Snapshot.ColumnCache()));
        rebuilding = null;
        shown = changes;
        old.close();
        home.sweep();
      });
    }
  }

  /** An analysis that follows this index's words. */
  GermanText following() {
    return new GermanText(stem -> words.vocabulary().count(stem));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    refresher.close();
    synchronized (writing) {
      try {
        commit();
      } finally {
        store.close();
        try {
          snapshot.reader().decRef();
          home.close();
        } catch (IOException e) {
          LOG.warn("the search index did not close cleanly", e);
        }
      }
    }
  }
}
