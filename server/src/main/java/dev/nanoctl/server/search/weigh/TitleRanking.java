package dev.nanoctl.server.search.weigh;

import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells how well a title answers a query: by how many of the words it holds, how exactly and in
 * which order, and how much of the title they are.
 */
public final class TitleRanking {
  private static final float TITLE = 0.8f;
  private static final float COVERAGE = 0.6f;
  private static final float IN_ORDER = 0.25f;
  private static final float TOGETHER = 0.3f;
  private static final float EXACT = 1f;
  private static final float STEMMED = 0.95f;
  private static final float RELATED = 0.7f;

  private final List<Wanted> wanted = new ArrayList<>();

  /** Ranks for the wanted ones of these words, in an index of so many documents. */
  public TitleRanking(List<QueryTerm> terms, int documents, Vocabulary vocabulary) {
    for (QueryTerm term : terms) {
      if (term.role() == QueryTerm.Role.WANTED) {
        wanted.add(Wanted.of(term, rarity(term, Math.max(1, documents), vocabulary)));
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

  /** How many words are wanted. */
  public int size() {
    return wanted.size();
  }

  /** The stems that stand best for a wanted word. */
  public List<String> stems(int word) {
    return wanted.get(word).main;
  }

  /** What it is worth when this wanted word and the next stand close together. */
  public float nearness(int word) {
    return TOGETHER * Math.min(wanted.get(word).rarity, wanted.get(word + 1).rarity);
  }

  /** What a title is worth, as {@link EntryKeys#title} wrote it into a part of these bytes. */
  public float score(byte[] bytes, int offset, int length) {
    List<TitleKeys.TitleWord> title = TitleKeys.read(bytes, offset, length);
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

  /** How rare a word is among so many documents: BM25's measure, greater for rarer words. */
  public static float rarity(QueryTerm term, int documents, Vocabulary vocabulary) {
    int count = 0;
    for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
      if (stem.getValue() >= 0.5f) {
        count = Math.max(count, vocabulary.count(stem.getKey()));
      }
    }
    return rarity(count, documents);
  }

  /** How rare something is that so many of so many documents have. */
  public static float rarity(int count, int documents) {
    int within = Math.min(count, documents);
    return (float) Math.log(1 + (documents - within + 0.5) / (within + 0.5));
  }
}
