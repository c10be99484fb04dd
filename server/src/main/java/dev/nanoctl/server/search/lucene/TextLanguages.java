package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.weigh.EntryKeys;
import dev.nanoctl.server.search.weigh.Tongues;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;

/** Counts the languages of the texts that hold a word. */
final class TextLanguages implements Tongues.Languages {
  /** More texts of a segment need not be looked at to know a word's language. */
  private static final int ENOUGH = 500;

  private final Snapshot snapshot;

  TextLanguages(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public Map<String, Integer> of(QueryTerm term) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String stem : Tongues.ownStems(term)) {
      count(stem, counts);
    }
    return counts;
  }

  private void count(String stem, Map<String, Integer> counts) throws IOException {
    Snapshot.ColumnCache cache = snapshot.columns();
    FacetValues names = cache.numbering().get(Facet.LANGUAGE);
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      PostingsEnum texts =
          leaf.reader().postings(Queries.key(EntryKeys.STEM, stem), PostingsEnum.NONE);
      if (texts == null || names == null) {
        continue;
      }
      Columns.Column languages = cache.of(leaf).facet(Facet.LANGUAGE);
      int seen = 0;
      for (int text = texts.nextDoc();
          text != DocIdSetIterator.NO_MORE_DOCS && seen < ENOUGH;
          text = texts.nextDoc()) {
        seen++;
        for (int at = languages.start(text); at < languages.start(text + 1); at++) {
          counts.merge(names.name(languages.value(at)), 1, Integer::sum);
        }
      }
    }
  }
}
