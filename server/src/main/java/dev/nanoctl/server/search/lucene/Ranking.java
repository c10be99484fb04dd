package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.text.Vocabulary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

/**
 * Orders the best hits finely: by how many of the words their titles hold and how much of a title
 * that is, by how exactly, and by whether the words stand together.
 */
final class Ranking {
  /** How many hits are ordered finely; more than anyone looks through. */
  static final int DEPTH = 100;

  private static final float TITLE = 0.8f;
  private static final float COVERAGE = 0.6f;
  private static final float IN_ORDER = 0.25f;
  private static final float TOGETHER = 0.3f;
  private static final float EXACT = 1f;
  private static final float STEMMED = 0.95f;
  private static final float RELATED = 0.7f;
  private static final int SLOP = 4;

  private final IndexSearcher searcher;
  private final List<Wanted> wanted = new ArrayList<>();

  Ranking(IndexSearcher searcher, List<QueryTerm> terms, Vocabulary vocabulary) {
    this.searcher = searcher;
    int documents = Math.max(1, searcher.getIndexReader().numDocs());
    for (QueryTerm term : terms) {
      if (term.role() == QueryTerm.Role.WANTED) {
        wanted.add(Wanted.of(term, rarity(term, documents, vocabulary)));
      }
    }
  }

  /** A wanted word as numbers that are found in titles. */
  private static final class Wanted {
    private final int[] forms;
    private final int[] stems;
    private final float[] weights;
    private final int[] pieces;
    private final float rarity;
    private final List<String> main;

    private Wanted(QueryTerm term, float rarity, List<String> main) {
      this.forms = term.forms().stream().mapToInt(TitleKeys::key).toArray();
      this.pieces = term.pieces().stream().mapToInt(TitleKeys::key).toArray();
      this.stems = new int[term.stems().size()];
      this.weights = new float[stems.length];
      this.rarity = rarity;
      this.main = main;
      int i = 0;
      for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
        stems[i] = TitleKeys.key(stem.getKey());
        weights[i] = stem.getValue();
        i++;
      }
    }

    static Wanted of(QueryTerm term, float rarity) {
      List<String> main = new ArrayList<>(3);
      term.stems()
          .forEach((stem, weight) -> {
            if (weight >= 0.5f) {
              main.add(stem);
            }
          });
      return new Wanted(term, rarity, main);
    }

    /** How well a word of a title stands for this one, from 0 to 1. */
    float match(TitleKeys.TitleWord word) {
      for (int form : forms) {
        if (form == word.form()) {
          return EXACT;
        }
      }
      float best = 0;
      for (int i = 0; i < stems.length; i++) {
        if (stems[i] == word.stem()) {
          best = Math.max(best, STEMMED * weights[i]);
        } else if (word.isRelatedTo(stems[i])) {
          best = Math.max(best, RELATED * weights[i]);
        }
      }
      for (int piece : pieces) {
        if (piece == word.stem()) {
          best = Math.max(best, RELATED / pieces.length);
        }
      }
      return best;
    }
  }

  /** The hits in their final order. */
  void order(ScoreDoc[] hits) throws IOException {
    if (wanted.isEmpty() || hits.length < 2) {
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
    BinaryDocValues titles = null;
    for (ScoreDoc hit : byDocument) {
      int index = ReaderUtil.subIndex(hit.doc, leaves);
      if (index != leaf || titles == null) {
        leaf = index;
        titles = DocValues.getBinary(leaves.get(index).reader(), Fields.TITLE_KEYS);
      }
      if (titles.advanceExact(hit.doc - leaves.get(index).docBase)) {
        hit.score += titleScore(TitleKeys.read(titles.binaryValue()));
      }
    }
  }

  private float titleScore(List<TitleKeys.TitleWord> title) {
    float found = 0;
    float ordered = 0;
    int before = -1;
    boolean[] covered = new boolean[title.size()];
    for (Wanted word : wanted) {
      float best = 0;
      int at = -1;
      for (int i = 0; i < title.size(); i++) {
        float match = word.match(title.get(i));
        covered[i] |= match >= 0.5f;
        if (match > best) {
          best = match;
          at = i;
        }
      }
      found += best * word.rarity;
      if (at >= 0 && before >= 0 && at > before) {
        ordered += Math.min(best, 1f) * word.rarity / Math.max(1, at - before);
      }
      before = at;
    }
    float coverage = coverage(title, covered);
    return TITLE * found + COVERAGE * coverage * found + IN_ORDER * ordered;
  }

  private static float coverage(List<TitleKeys.TitleWord> title, boolean[] covered) {
    int loud = 0;
    int hit = 0;
    for (int i = 0; i < covered.length; i++) {
      if (title.get(i).loud()) {
        loud++;
        hit += covered[i] ? 1 : 0;
      }
    }
    return loud == 0 ? 0 : (float) hit / loud;
  }

  /** Raises the hits in which two neighbours of the query stand close together. */
  private void addNearness(ScoreDoc[] byDocument) throws IOException {
    for (int i = 0; i + 1 < wanted.size() && i < 4; i++) {
      MultiPhraseQuery pair =
          new MultiPhraseQuery.Builder()
              .add(terms(wanted.get(i)))
              .add(terms(wanted.get(i + 1)))
              .setSlop(SLOP)
              .build();
      float bonus = TOGETHER * Math.min(wanted.get(i).rarity, wanted.get(i + 1).rarity);
      raise(byDocument, pair, bonus);
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

  private static Term[] terms(Wanted word) {
    return word.main.stream().map(stem -> new Term(Fields.ORDER, stem)).toArray(Term[]::new);
  }

  private static float rarity(QueryTerm term, int documents, Vocabulary vocabulary) {
    int count = 0;
    for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
      if (stem.getValue() >= 0.5f) {
        count = Math.max(count, vocabulary.count(stem.getKey()));
      }
    }
    int within = Math.min(count, documents);
    return (float) Math.log(1 + (documents - within + 0.5) / (within + 0.5));
  }
}
