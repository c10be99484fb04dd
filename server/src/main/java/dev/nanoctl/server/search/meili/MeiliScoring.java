package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.weigh.EntryKeys;
import dev.nanoctl.server.search.weigh.TitleRanking;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Scores the texts that Meilisearch found: BM25 over the weighted keys each one carries, then its
 * title. What the Lucene index computes inside, from the same numbers.
 */
final class MeiliScoring {
  private static final float SATURATION = 8f;
  private static final float LENGTH = 0.3f;
  private static final float RELATED = 0.6f;
  private static final float EXACT = 0.3f;
  private static final float SPLIT = 0.5f;
  private static final float STOP = 0.15f;

  /** More than where a word stands can weigh. */
  private static final float FIRST = 5f;

  private final Vocabulary vocabulary;
  private final int documents;
  private final TitleRanking titles;

  MeiliScoring(List<QueryTerm> terms, Vocabulary vocabulary, int documents) {
    this.vocabulary = vocabulary;
    this.documents = Math.max(1, documents);
    this.titles = new TitleRanking(terms, documents, vocabulary);
  }

  /** A text and what it is worth. */
  static final class Candidate {
    private final String id;
    private final double published;
    private double score;

    private Candidate(String id, double published) {
      this.id = id;
      this.published = published;
    }

    String id() {
      return id;
    }

    void raise(float bonus) {
      score += bonus;
    }
  }

  /** The best first; of equals the newest. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate>comparingDouble(one -> one.score)
          .thenComparingDouble(one -> one.published)
          .thenComparing(Candidate::id)
          .reversed();

  TitleRanking titles() {
    return titles;
  }

  /** A key that weighs in a group. */
  private record Weighed(String code, float weight) {}

  /** Keys that stand for one another, and how rare they are. */
  private record Group(List<Weighed> keys, float rarity, float boost) {}

  /** One way of reading the query: what must be there counts only if all of it is. */
  private record Reading(List<List<Group>> required, List<Group> extras, float boost) {}

  /**
   * The texts in order.
   *
   * @param parts the ways of reading the query, of which one is enough
   * @param whole all words, if a text that holds them comes before all others; otherwise empty
   */
  List<Candidate> order(
      List<JsonObject> texts, List<List<QueryTerm>> parts, boolean some, List<QueryTerm> whole) {
    List<Reading> readings = new ArrayList<>();
    parts.forEach(part -> readings.add(reading(part, 1f)));
    if (!whole.isEmpty()) {
      readings.add(reading(whole, FIRST));
    }
    double average =
        texts.stream()
            .mapToDouble(text -> text.number(MeiliFields.LENGTH).orElse(1))
            .average()
            .orElse(1);
    List<Candidate> candidates = new ArrayList<>(texts.size());
    for (JsonObject text : texts) {
      Candidate candidate =
          new Candidate(
              text.text(MeiliFields.ID).orElseThrow(),
              text.number(MeiliFields.PUBLISHED).orElse(0));
      candidate.score = score(text, readings, some, average);
      candidates.add(candidate);
    }
    candidates.sort(BEST_FIRST);
    return candidates;
  }

  private double score(JsonObject text, List<Reading> readings, boolean some, double average) {
    String weights = text.text(MeiliFields.WEIGHTS).orElse("");
    double length = text.number(MeiliFields.LENGTH).orElse(average) / Math.max(1, average);
    double norm = SATURATION * (1 - LENGTH + LENGTH * length);
    double score = 0;
    for (Reading reading : readings) {
      double held = 0;
      boolean all = true;
      for (List<Group> word : reading.required) {
        double one = word.stream().mapToDouble(group -> score(weights, group, norm)).sum();
        all &= one > 0;
        held += one;
      }
      if (all || some) {
        double extras =
            reading.extras.stream().mapToDouble(group -> score(weights, group, norm)).sum();
        score += reading.boost * (held + extras);
      }
    }
    byte[] title = Base64.getDecoder().decode(text.text(MeiliFields.TITLE_KEYS).orElse(""));
    return score + titles.score(title, 0, title.length);
  }

  private static double score(String weights, Group group, double norm) {
    double frequency = 0;
    for (Weighed key : group.keys) {
      frequency += key.weight * KeyCodes.weight(weights, key.code);
    }
    return group.boost * group.rarity * frequency / (frequency + norm);
  }

  private Reading reading(List<QueryTerm> terms, float boost) {
    List<List<Group>> required = new ArrayList<>();
    List<Group> extras = new ArrayList<>();
    boolean onlyStops = MeiliFilters.wanted(terms).isEmpty();
    for (QueryTerm term : terms) {
      boolean wanted = term.role() == QueryTerm.Role.WANTED;
      if (wanted || onlyStops) {
        required.add(groups(term, 1f));
      } else {
        extras.addAll(groups(term, STOP));
      }
      if (wanted) {
        extras.add(exact(term));
      }
    }
    return new Reading(required, extras, boost);
  }

  private List<Group> groups(QueryTerm term, float boost) {
    List<Group> groups = new ArrayList<>();
    List<Weighed> keys = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
      addStem(keys, stem.getKey(), stem.getValue());
      count = Math.max(count, vocabulary.count(stem.getKey()));
    }
    groups.add(new Group(keys, TitleRanking.rarity(count, documents), boost));
    if (term.pieces().size() > 1) {
      for (String piece : term.pieces()) {
        List<Weighed> one = new ArrayList<>();
        addStem(one, piece, 1f);
        float rarity = TitleRanking.rarity(vocabulary.count(piece), documents);
        groups.add(new Group(one, rarity, boost * SPLIT));
      }
    }
    return groups;
  }

  private static void addStem(List<Weighed> keys, String stem, float weight) {
    keys.add(new Weighed(KeyCodes.key(EntryKeys.STEM + stem), weight));
    keys.add(new Weighed(KeyCodes.key(EntryKeys.RELATED + stem), weight * RELATED));
  }

  private Group exact(QueryTerm term) {
    List<Weighed> keys = new ArrayList<>();
    int count = 0;
    for (String form : term.forms()) {
      keys.add(new Weighed(KeyCodes.key(EntryKeys.EXACT + form), 1f));
      count = Math.max(count, vocabulary.countOf(form));
    }
    return new Group(keys, TitleRanking.rarity(count, documents), EXACT);
  }
}
