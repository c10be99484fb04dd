package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.weigh.TitleRanking;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;

/**
 * Orders the best hits finely: by how many of the words their titles hold and how much of a title
 * that is, by how exactly, and by whether the words stand together.
 */
final class Ranking {
  /** How many hits are ordered finely; more than anyone looks through. */
  static final int DEPTH = 100;

  private static final int SLOP = 4;

  private final IndexSearcher searcher;
  private final TitleRanking titles;

  Ranking(IndexSearcher searcher, List<QueryTerm> terms, Vocabulary vocabulary) {
    this.searcher = searcher;
    this.titles = new TitleRanking(terms, searcher.getIndexReader().numDocs(), vocabulary);
  }

  /** The hits in their final order. */
  void order(ScoreDoc[] hits) throws IOException {
    if (titles.size() == 0 || hits.length < 2) {
      return;
    }
    ScoreDoc[] best = Arrays.copyOf(hits, Math.min(DEPTH, hits.length));
    Arrays.sort(best, Comparator.comparingInt(hit -> hit.doc));
    addTitles(best);
    addNearness(best);
    Arrays.sort(
        best,
        (a, b) ->
            a.score != b.score ? Float.compare(b.score, a.score) : Integer.compare(a.doc, b.doc));
    System.arraycopy(best, 0, hits, 0, best.length);
  }

  private void addTitles(ScoreDoc[] byDocument) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    int leaf = -1;
    BinaryDocValues keys = null;
    for (ScoreDoc hit : byDocument) {
      int index = ReaderUtil.subIndex(hit.doc, leaves);
      if (index != leaf || keys == null) {
        leaf = index;
        keys = DocValues.getBinary(leaves.get(index).reader(), Fields.TITLE_KEYS);
      }
      if (keys.advanceExact(hit.doc - leaves.get(index).docBase)) {
        BytesRef title = keys.binaryValue();
        hit.score += titles.score(title.bytes, title.offset, title.length);
      }
    }
  }

  /** Raises the hits in which two neighbours of the query stand close together. */
  private void addNearness(ScoreDoc[] byDocument) throws IOException {
    for (int i = 0; i + 1 < titles.size() && i < 4; i++) {
      MultiPhraseQuery pair =
          new MultiPhraseQuery.Builder()
              .add(terms(titles.stems(i)))
              .add(terms(titles.stems(i + 1)))
              .setSlop(SLOP)
              .build();
      raise(byDocument, pair, titles.nearness(i));
    }
  }

  private void raise(ScoreDoc[] byDocument, MultiPhraseQuery pair, float bonus) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(pair), ScoreMode.COMPLETE_NO_SCORES, 1f);
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    int leaf = -1;
    DocIdSetIterator matches = DocIdSetIterator.empty();
    for (ScoreDoc hit : byDocument) {
      int index = ReaderUtil.subIndex(hit.doc, leaves);
      if (index != leaf) {
        leaf = index;
        Scorer scorer = weight.scorer(leaves.get(index));
        matches = scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
      }
      int document = hit.doc - leaves.get(index).docBase;
      if (matches.docID() < document) {
        matches.advance(document);
      }
      if (matches.docID() == document) {
        hit.score += bonus;
      }
    }
  }

  private static Term[] terms(List<String> stems) {
    return stems.stream().map(stem -> new Term(Fields.ORDER, stem)).toArray(Term[]::new);
  }
}
