package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.text.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Completes what someone is typing to titles. */
final class MeiliSuggestions {
  private static final int MOST_WORDS = 8;
  private static final int ENDINGS = 24;
  private static final int CANDIDATES = 50;

  private final MeiliRound.Asking asking;
  private final Vocabulary vocabulary;

  MeiliSuggestions(MeiliRound.Asking asking, Vocabulary vocabulary) {
    this.asking = asking;
    this.vocabulary = vocabulary;
  }

  List<String> of(String typed, int limit) {
    List<String> words = words(typed);
    if (words.isEmpty()) {
      return List.of();
    }
    List<String> found = titles(words, limit, 0);
    return found.isEmpty() ? titles(words, limit, 1) : found;
  }

  private static List<String> words(String typed) {
    List<String> words = new ArrayList<>();
    for (Word word : GermanText.words(GermanText.normalise(typed))) {
      if (!word.joins() && words.size() < MOST_WORDS) {
        words.add(GermanText.fold(word.text().toLowerCase(Locale.ROOT), Language.GERMAN));
      }
    }
    return words;
  }

  private List<String> titles(List<String> words, int limit, int errors) {
    List<Set<String>> forms = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      forms.add(forms(words.get(i), i == words.size() - 1, errors));
    }
    String exact =
        MeiliFilters.all(
            words.stream().map(word -> MeiliFilters.in(MeiliFields.NAMES, Set.of(word))).toList());
    String any =
        MeiliFilters.all(
            forms.stream().map(each -> MeiliFilters.in(MeiliFields.NAMES, each)).toList());
    List<Suggestion> suggestions = new ArrayList<>();
    asking
        .search(List.of(question(exact), question(any)))
        .forEach(answer ->
            answer
                .array("hits")
                .orElseThrow()
                .objects()
                .forEach(hit -> suggestions.add(suggestion(hit, words, forms))));
    suggestions.sort(
        Comparator.comparing(Suggestion::begins)
            .reversed()
            .thenComparing(Comparator.comparingInt(Suggestion::score).reversed())
            .thenComparingInt(one -> one.title().length())
            .thenComparing(Suggestion::title));
    Set<String> titles = new LinkedHashSet<>();
    suggestions.stream()
        .map(Suggestion::title)
        .takeWhile(_ -> titles.size() < limit)
        .forEach(titles::add);
    return List.copyOf(titles);
  }

  private static Consumer<JsonWriter> question(String filter) {
    return one -> {
      one.field("filter", filter);
      one.texts("attributesToRetrieve", List.of(MeiliFields.TITLE, MeiliFields.NAMES));
      one.field("limit", CANDIDATES);
    };
  }

  private record Suggestion(String title, boolean begins, int score) {}

  private static Suggestion suggestion(
      JsonObject hit, List<String> words, List<Set<String>> forms) {
    String title = hit.text(MeiliFields.TITLE).orElseThrow();
    String folded = GermanText.fold(title.toLowerCase(Locale.ROOT), Language.GERMAN);
    List<String> names = hit.array(MeiliFields.NAMES).map(JsonArray::texts).orElse(List.of());
    int score = 0;
    for (int i = 0; i < words.size(); i++) {
      for (String name : names) {
        score += name.equals(words.get(i)) ? 2 : forms.get(i).contains(name) ? 1 : 0;
      }
    }
    return new Suggestion(title, folded.startsWith(words.getFirst()), score);
  }

  /** The words of titles and tags that one may become: a beginning if it is the last one typed. */
  private Set<String> forms(String typed, boolean last, int errors) {
    int forgiven = typed.length() >= 4 ? errors : 0;
    Set<String> forms = new HashSet<>(Set.of(typed));
    List<Vocabulary.Near> near = List.of();
    if (last) {
      near = vocabulary.completions(typed, forgiven, ENDINGS);
    } else if (forgiven > 0) {
      near = vocabulary.near(typed, forgiven, ENDINGS);
    }
    near.forEach(one -> forms.add(one.form()));
    return forms;
  }
}
