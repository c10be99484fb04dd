package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query: takes its words apart as texts are, in German and in English, puts neighbours
 * together that may be a compound ({@code Serien Brief}), adds synonyms, and looks for words nearby
 * when one is unknown or when asked to.
 */
public final class QueryReader {
  private static final int MOST_WORDS = 24;
  private static final int MOST_NEAR = 8;
  private static final float RELATED = 0.6f;
  private static final float SYNONYM = 0.35f;
  private static final float JOINED = 0.9f;
  private static final int LONG_COMPOUND = 9;
  private static final int COMPOUND_ERRORS = 2;
  private static final int MOST_INFLECTIONS = 12;

  private final GermanText text;
  private final Vocabulary vocabulary;

  /** Reads queries against the words of a corpus. */
  public QueryReader(GermanText text, Vocabulary vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
  }

  /** The words of a normalised query. Unknown ones are always taken for known words nearby. */
  public List<QueryTerm> read(String query, boolean forgiving) {
    List<Word> words = new ArrayList<>();
    for (Word word : GermanText.words(query)) {
      if (!word.joins() && words.size() < MOST_WORDS) {
        words.add(word);
      }
    }
    List<Map<String, Float>> joined = joined(words);
    List<QueryTerm> terms = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      terms.add(term(words.get(i), joined.get(i), forgiving));
    }
    return terms;
  }

  private QueryTerm term(Word word, Map<String, Float> joined, boolean forgiving) {
    Analysis german = text.analyse(word.text(), Language.GERMAN);
    Analysis english = text.analyse(word.text(), Language.ENGLISH);
    Set<String> forms = new LinkedHashSet<>(List.of(german.form(), english.form()));
    Map<String, Float> stems = new LinkedHashMap<>();
    weigh(stems, german.stem(), 1f);
    weigh(stems, english.stem(), 1f);
    weigh(stems, english.form(), 1f);
    boolean stop = text.isStopWord(word.text());
    String correction = null;
    if (!stop) {
      german.others().forEach(other -> weigh(stems, other, RELATED));
      text.synonyms(german.stem()).forEach(same -> weigh(stems, same, SYNONYM));
      joined.forEach((stem, weight) -> weigh(stems, stem, weight));
      boolean known = joined.containsValue(JOINED) || isKnown(german, english);
      if (forgiving || !known) {
        correction = addNear(german, stems, known);
      }
    }
    List<String> pieces = new ArrayList<>();
    outermost(german).forEach(piece -> pieces.add(piece.stem()));
    QueryTerm.Role role = stop ? QueryTerm.Role.STOP : QueryTerm.Role.WANTED;
    return new QueryTerm(word, forms, stems, pieces, role, correction);
  }

  /** The pieces that do not lie inside another one. */
  private static List<Analysis.Piece> outermost(Analysis analysis) {
    List<Analysis.Piece> outer = new ArrayList<>(3);
    int end = 0;
    for (Analysis.Piece piece : analysis.pieces()) {
      if (piece.end() > end && (outer.isEmpty() || piece.start() >= end - 1)) {
        outer.add(piece);
        end = piece.end();
      }
    }
    return outer;
  }

  private boolean isKnown(Analysis german, Analysis english) {
    return vocabulary.count(german.stem()) > 0
        || vocabulary.countOf(german.form()) > 0
        || vocabulary.countOf(english.form()) > 0
        || vocabulary.count(english.stem()) > 0;
  }

  private @Nullable String addNear(Analysis typed, Map<String, Float> stems, boolean known) {
    String form = typed.form();
    int errors = errorsIn(form);
    if (errors == 0) {
      return null;
    }
    List<Vocabulary.Near> near = vocabulary.near(form, known ? 1 : errors, MOST_NEAR);
    if (near.isEmpty() && !typed.stem().equals(form)) {
      near = vocabulary.near(typed.stem(), 1, MOST_NEAR);
    }
    for (Vocabulary.Near one : near) {
      float weight = one.distance() == 1 ? 0.55f : 0.3f;
      weigh(stems, text.analyse(one.form(), Language.GERMAN).stem(), weight);
      weigh(stems, text.analyse(one.form(), Language.ENGLISH).stem(), weight);
    }
    return near.isEmpty() || known ? null : near.getFirst().form();
  }

  /** How many typing errors a word of that length is forgiven. */
  private static int errorsIn(String form) {
    if (form.length() < 4 || Character.isDigit(form.charAt(0))) {
      return 0;
    }
    return form.length() < 8 ? 1 : 2;
  }

  /** For every word, the stems of known compounds it makes with its neighbours. */
  private List<Map<String, Float>> joined(List<Word> words) {
    List<Map<String, Float>> joined = new ArrayList<>(words.size());
    words.forEach(_ -> joined.add(new HashMap<>(2)));
    for (int i = 0; i < words.size(); i++) {
      StringBuilder compound = new StringBuilder(words.get(i).text());
      int unknown = isUnknown(words.get(i)) ? 1 : 0;
      for (int j = i + 1; j < Math.min(words.size(), i + 3); j++) {
        compound.append(words.get(j).text());
        unknown += isUnknown(words.get(j)) ? 1 : 0;
        join(compound.toString(), unknown, joined.subList(i, j + 1));
      }
    }
    return joined;
  }

  private boolean isUnknown(Word word) {
    return !isKnown(
        text.analyse(word.text(), Language.GERMAN), text.analyse(word.text(), Language.ENGLISH));
  }

  /** Puts parts together; each misspelt one of them is forgiven an error. */
  private void join(String compound, int misspelt, List<Map<String, Float>> parts) {
    if (compound.length() < 6) {
      return;
    }
    String stem = text.analyse(compound, Language.GERMAN).stem();
    if (vocabulary.count(stem) > 0) {
      parts.forEach(part -> weigh(part, stem, JOINED));
    } else if (misspelt > 0 && stem.length() >= LONG_COMPOUND) {
      stemsNear(stem, Math.min(misspelt, COMPOUND_ERRORS))
          .forEach((other, distance) ->
              parts.forEach(part -> weigh(part, other, JOINED / (1 + distance))));
    }
  }

  /** The stems of known words that are nearest to this one, in errors; endings are no errors. */
  private Map<String, Integer> stemsNear(String stem, int errors) {
    Map<String, Integer> near = new LinkedHashMap<>(4);
    int least = errors;
    for (Vocabulary.Near word : vocabulary.inflections(stem, errors, MOST_INFLECTIONS)) {
      String other = text.analyse(word.form(), Language.GERMAN).stem();
      int distance = EditDistance.between(stem, other, least);
      if (distance >= 0) {
        least = distance;
        near.put(other, distance);
      }
    }
    int nearest = least;
    near.values().removeIf(distance -> distance > nearest);
    return near;
  }

  private static void weigh(Map<String, Float> stems, String stem, float weight) {
    stems.merge(stem, weight, Math::max);
  }
}
