package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.weigh.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Completes what someone is typing to titles. */
final class MeiliSuggestions {
  private final MeiliRound.Asking asking;
  private final Vocabulary vocabulary;

  MeiliSuggestions(MeiliRound.Asking asking, Vocabulary vocabulary) {
    this.asking = asking;
    this.vocabulary = vocabulary;
  }

  List<String> of(String typed, int limit) {
    return Completion.of(typed, limit, vocabulary, this::having);
  }

  /** Titles with the words as they were typed are asked for besides, lest others crowd them out. */
  private List<Completion.Found> having(List<Completion.Typed> words) {
    String exact =
        MeiliFilters.all(
            words.stream()
                .map(word -> MeiliFilters.in(MeiliFields.NAMES, Set.of(word.word())))
                .toList());
    String any =
        MeiliFilters.all(
            words.stream().map(word -> MeiliFilters.in(MeiliFields.NAMES, word.forms())).toList());
    List<Completion.Found> found = new ArrayList<>();
    asking
        .search(List.of(question(exact), question(any)))
        .forEach(answer ->
            answer
                .array("hits")
                .orElseThrow()
                .objects()
                .forEach(hit -> found.add(found(hit, words))));
    return found;
  }

  private static Consumer<JsonWriter> question(String filter) {
    return one -> {
      one.field("filter", filter);
      one.texts("attributesToRetrieve", List.of(MeiliFields.TITLE, MeiliFields.NAMES));
      one.field("limit", Completion.CANDIDATES);
    };
  }

  private static Completion.Found found(JsonObject hit, List<Completion.Typed> words) {
    List<String> names = hit.array(MeiliFields.NAMES).map(JsonArray::texts).orElse(List.of());
    int score = 0;
    for (Completion.Typed word : words) {
      for (String name : names) {
        score += name.equals(word.word()) ? 2 : word.forms().contains(name) ? 1 : 0;
      }
    }
    return new Completion.Found(hit.text(MeiliFields.TITLE).orElseThrow(), score);
  }
}
