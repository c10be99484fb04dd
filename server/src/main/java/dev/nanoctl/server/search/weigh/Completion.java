package dev.nanoctl.server.search.weigh;

import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.text.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Completes what someone is typing to titles, whatever holds them: reads the words, says what each
 * may become, and puts what was found in order. One typing error in each word is forgiven, but only
 * when nothing is found without.
 */
public final class Completion {
  /** As many titles as one question to an index asks for, before they are put in order. */
  public static final int CANDIDATES = 50;

  private static final int MOST_WORDS = 8;
  private static final int ENDINGS = 24;
  private static final int SHORTEST_FORGIVEN = 4;

  private Completion() {}

  /**
   * A word that was typed.
   *
   * @param forms the words of titles and tags that it may become; itself is among them
   */
  public record Typed(String word, Set<String> forms) {
    /** Keeps its own copy. */
    public Typed {
      forms = Set.copyOf(forms);
    }
  }

  /**
   * A title that has a form of each word.
   *
   * @param score more for a word as it was typed than for another form of it
   */
  public record Found(String title, float score) {}

  /**
   * Where titles are looked up.
   *
   * @param <E> what a question may fail with
   */
  @FunctionalInterface
  public interface Titles<E extends Exception> {
    /** Titles that have a form of each word, in any order, the same more than once if need be. */
    List<Found> having(List<Typed> words) throws E;
  }

  /**
   * The titles that fit best: first those that begin with the first word.
   *
   * @param limit at most so many
   */
  public static <E extends Exception> List<String> of(
      String typed, int limit, Vocabulary vocabulary, Titles<E> titles) throws E {
    List<String> words = words(typed);
    if (words.isEmpty()) {
      return List.of();
    }
    List<Found> found = titles.having(forms(words, vocabulary, 0));
    if (found.isEmpty()) {
      found = titles.having(forms(words, vocabulary, 1));
    }
    return best(found, words.getFirst(), limit);
  }

  private static List<String> words(String typed) {
    List<String> words = new ArrayList<>();
    for (Word word : GermanText.words(GermanText.normalise(typed))) {
      if (!word.joins() && words.size() < MOST_WORDS) {
        words.add(folded(word.text()));
      }
    }
    return words;
  }

  /** The last word is taken for the beginning of one. */
  private static List<Typed> forms(List<String> words, Vocabulary vocabulary, int errors) {
    List<Typed> typed = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int forgiven = word.length() >= SHORTEST_FORGIVEN ? errors : 0;
      List<Vocabulary.Near> near = List.of();
      if (i == words.size() - 1) {
        near = vocabulary.completions(word, forgiven, ENDINGS);
      } else if (forgiven > 0) {
        near = vocabulary.near(word, forgiven, ENDINGS);
      }
      Set<String> forms = new LinkedHashSet<>();
      forms.add(word);
      near.forEach(one -> forms.add(one.form()));
      typed.add(new Typed(word, forms));
    }
    return typed;
  }

  private static List<String> best(List<Found> found, String first, int limit) {
    return found.stream()
        .sorted(
            Comparator.comparing((Found one) -> folded(one.title()).startsWith(first))
                .thenComparingDouble(Found::score)
                .reversed()
                .thenComparingInt(one -> one.title().length())
                .thenComparing(Found::title))
        .map(Found::title)
        .distinct()
        .limit(limit)
        .toList();
  }

  private static String folded(String text) {
    return GermanText.fold(text.toLowerCase(Locale.ROOT), Language.GERMAN);
  }
}
