package dev.nanoctl.server.search.weigh;

import dev.nanoctl.server.search.text.QueryTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a query in two languages from one in a single language: by the languages of the texts that
 * hold its words. Hardly any text holds words of both, so half of such a query has to be enough.
 */
public final class Tongues {
  /** Of a hundred texts with a word, so many are in its language. */
  private static final int NEARLY_ALL = 90;

  /** In fewer texts a word may stand by chance. */
  private static final int EVIDENCE = 3;

  private Tongues() {}

  /** Knows in how many texts of which language words stand. */
  @FunctionalInterface
  public interface Languages {
    /**
     * How many texts hold a word, by the language tag of the text; {@code de-AT} counts as such.
     */
    Map<String, Integer> of(QueryTerm term) throws IOException;
  }

  /**
   * The words of a query by language, those of no certain language in every part; one part for a
   * query in a single language.
   */
  public static List<List<QueryTerm>> parts(List<QueryTerm> terms, Languages languages)
      throws IOException {
    Map<String, List<QueryTerm>> parts = new LinkedHashMap<>();
    Map<QueryTerm, String> tongues = new HashMap<>();
    for (QueryTerm term : terms) {
      String tongue = term.role() == QueryTerm.Role.WANTED ? tongue(languages.of(term)) : null;
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

  /** The stems that stand for a word itself, not for one like it. */
  public static List<String> ownStems(QueryTerm term) {
    return term.stems().entrySet().stream()
        .filter(stem -> stem.getValue() == 1f)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static @Nullable String tongue(Map<String, Integer> texts) {
    Map<String, Integer> counts = new HashMap<>();
    int all = 0;
    for (Map.Entry<String, Integer> text : texts.entrySet()) {
      counts.merge(primary(text.getKey()), text.getValue(), Integer::sum);
      all += text.getValue();
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (all >= EVIDENCE && count.getValue() * 100L >= all * (long) NEARLY_ALL) {
        return count.getKey();
      }
    }
    return null;
  }

  private static String primary(String tag) {
    int dash = tag.indexOf('-');
    return dash < 0 ? tag : tag.substring(0, dash);
  }
}
