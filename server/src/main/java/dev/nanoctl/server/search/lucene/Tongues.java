package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.text.QueryTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;

/**
 * Tells a query in two languages from one in a single language: by the languages of the texts that
 * hold its words. Hardly any text holds words of both, so half of such a query has to be enough.
 */
final class Tongues {
  /** More texts of a segment need not be looked at to know a word's language. */
  private static final int ENOUGH = 500;

  /** Of a hundred texts with a word, so many are in its language. */
  private static final int NEARLY_ALL = 90;

  /** In fewer texts a word may stand by chance. */
  private static final int EVIDENCE = 3;

  private final Snapshot snapshot;

  Tongues(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * The words of a query by language, those of no certain language in every part; one part for a
   * query in a single language.
   */
  List<List<QueryTerm>> parts(List<QueryTerm> terms) throws IOException {
    Map<String, List<QueryTerm>> parts = new LinkedHashMap<>();
    Map<QueryTerm, String> tongues = new HashMap<>();
    for (QueryTerm term : terms) {
      String tongue = term.role() == QueryTerm.Role.WANTED ? tongue(term) : null;
      if (tongue != null) {
        tongues.put(term, tongue);
        parts.putIfAbsent(tongue, new ArrayList<>());
      }
    }
    if (parts.size() < 2) {
      return List.of(terms);
    }
    for (QueryTerm term : terms) {
      String tongue = tongues.get(term);
      parts.forEach((part, words) -> {
        if (tongue == null || tongue.equals(part)) {
          words.add(term);
        }
      });
    }
    return List.copyOf(parts.values());
  }

  private @Nullable String tongue(QueryTerm term) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    int all = 0;
    for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
      if (stem.getValue() == 1f) {
        all += count(stem.getKey(), counts);
      }
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (all >= EVIDENCE && count.getValue() * 100L >= all * (long) NEARLY_ALL) {
        return count.getKey();
      }
    }
    return null;
  }

  private int count(String stem, Map<String, Integer> counts) throws IOException {
    Snapshot.ColumnCache cache = snapshot.columns();
    FacetValues names = cache.numbering().get(Facet.LANGUAGE);
    int all = 0;
    for (LeafReaderContext leaf : snapshot.reader().leaves()) {
      PostingsEnum texts =
          leaf.reader().postings(Queries.key(Fields.STEM, stem), PostingsEnum.NONE);
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
          counts.merge(primary(names.name(languages.value(at))), 1, Integer::sum);
        }
      }
      all += seen;
    }
    return all;
  }

  private static String primary(String tag) {
    int dash = tag.indexOf('-');
    return dash < 0 ? tag : tag.substring(0, dash);
  }
}
