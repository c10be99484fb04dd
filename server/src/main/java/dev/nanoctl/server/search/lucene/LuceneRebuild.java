package dev.nanoctl.server.search.lucene;

import dev.nanoctl.core.Problem;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.weigh.EntryKeys;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new index beside the current one. Its methods are for one thread. */
final class LuceneRebuild implements SearchIndex.Rebuild {
  private final LuceneIndex index;
  private final Store store;
  private final Map<UUID, Optional<SearchEntry>> meanwhile = new HashMap<>();
  private final Vocabulary.Builder learning = new Vocabulary.Builder();
  private @Nullable Vocabulary learnt;
  private @Nullable Documents documents;
  private boolean ended;

  LuceneRebuild(LuceneIndex index, Store store) {
    this.index = index;
    this.store = store;
  }

  @Override
  public void learn(SearchEntry entry) {
    EntryKeys.words(entry, (folded, _) -> learning.add(folded, 1));
  }

  @Override
  public void put(SearchEntry entry) {
    try {
      store
          .writer()
          .updateDocument(LuceneIndex.idTerm(entry.id()), documents().of(entry).document());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Documents documents() {
    Documents known = documents;
    if (known == null) {
      Vocabulary all = learning.build();
      learnt = all;
      known = new Documents(new GermanText(all));
      documents = known;
    }
    return known;
  }

  /** Remembers what happens to the index in use; null for an entry taken out. */
  void meanwhile(UUID id, @Nullable SearchEntry entry) {
    meanwhile.put(id, Optional.ofNullable(entry));
  }

  /** Repeats in the new index what happened to the one in use. */
  void addMeanwhile() throws IOException {
    for (Map.Entry<UUID, Optional<SearchEntry>> change : meanwhile.entrySet()) {
      if (change.getValue().isPresent()) {
        put(change.getValue().get());
      } else {
        store.writer().deleteDocuments(LuceneIndex.idTerm(change.getKey()));
      }
    }
  }

  @Override
  public void finish() {
    documents();
    try {
      store.writer().forceMerge(1);
    } catch (IOException e) {
      throw failed(e);
    }
    int words = learnt == null ? 0 : learnt.size();
    index.replace(this, store, words, index.following());
    ended = true;
  }

  private static RuntimeException failed(IOException e) {
    return new Problem.Unavailable(
            "NC-SEARCH-WRITE-FAILED",
            "the new search index could not be written: " + e.getMessage(),
            "check the disk and run nanoctl search reindex; the old index stays in use")
        .raise(e);
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      index.abandoned(this);
      store.close();
      Home.delete(store.path());
    }
  }
}
