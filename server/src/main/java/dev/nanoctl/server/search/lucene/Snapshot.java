package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.text.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The index as it was at one moment: what searches read, while changes go on beside them. */
final class Snapshot {
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final Vocabulary vocabulary;
  private final long generation;
  private final ColumnCache columns;

  Snapshot(DirectoryReader reader, Vocabulary vocabulary, long generation, ColumnCache columns) {
    this.reader = reader;
    this.vocabulary = vocabulary;
    this.generation = generation;
    this.columns = columns;
    this.searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    searcher.setSimilarity(Weighing.similarity());
  }

  DirectoryReader reader() {
    return reader;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  long generation() {
    return generation;
  }

  ColumnCache columns() {
    return columns;
  }

  /** How a folded word is most often written; null when no entry holds it any more. */
  @Nullable String written(String form) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, Fields.WORDS);
    String best = null;
    int most = 0;
    if (terms != null) {
      TermsEnum each = terms.iterator();
      String prefix = form + ' ';
      if (each.seekCeil(new BytesRef(prefix)) == TermsEnum.SeekStatus.END) {
        return null;
      }
      for (BytesRef term = each.term(); term != null; term = each.next()) {
        String word = term.utf8ToString();
        if (!word.startsWith(prefix)) {
          break;
        }
        if (each.docFreq() > most && isLive(term)) {
          most = each.docFreq();
          best = word.substring(prefix.length());
        }
      }
    }
    return best;
  }

  /** Whether an entry that was not taken out holds a word: counts still know those that were. */
  private boolean isLive(BytesRef word) throws IOException {
    Bits live = MultiBits.getLiveDocs(reader);
    PostingsEnum entries =
        MultiTerms.getTermPostingsEnum(reader, Fields.WORDS, word, PostingsEnum.NONE);
    if (entries == null || live == null) {
      return entries != null;
    }
    int entry = entries.nextDoc();
    while (entry != DocIdSetIterator.NO_MORE_DOCS && !live.get(entry)) {
      entry = entries.nextDoc();
    }
    return entry != DocIdSetIterator.NO_MORE_DOCS;
  }

  /** The columns of every segment ever read, forgotten when a segment closes. */
  static final class ColumnCache {
    private final Map<IndexReader.CacheKey, Columns> segments = new ConcurrentHashMap<>();
    private final Map<Facet, FacetValues> numbering;

    ColumnCache() {
      this.numbering =
          Map.of(
              Facet.CATEGORY, new FacetValues(),
              Facet.LEVEL, new FacetValues(),
              Facet.LANGUAGE, new FacetValues(),
              Facet.FORMAT, new FacetValues(),
              Facet.LICENSE, new FacetValues());
    }

    Map<Facet, FacetValues> numbering() {
      return numbering;
    }

    Columns of(LeafReaderContext context) {
      IndexReader.CacheHelper helper = context.reader().getCoreCacheHelper();
      Columns known = segments.get(helper.getKey());
      if (known != null) {
        return known;
      }
      try {
        Columns read = Columns.read(context.reader(), numbering);
        if (segments.putIfAbsent(helper.getKey(), read) == null) {
          helper.addClosedListener(segments::remove);
        }
        return read;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
