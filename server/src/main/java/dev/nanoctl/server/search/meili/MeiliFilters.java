package dev.nanoctl.server.search.meili;

import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.text.QueryTerm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes filter expressions: what a hit must hold and what it must be like. */
final class MeiliFilters {
  /** Every nano; what is published has a time. */
  static final String EVERYTHING = MeiliFields.PUBLISHED + " EXISTS";

  /** Nothing at all. */
  static final String NOTHING = "NOT " + EVERYTHING + " AND " + EVERYTHING;

  /** A filter of more conditions takes longer to read than to answer. */
  private static final int MOST_CONDITIONS = 600;

  private MeiliFilters() {}

  static String all(Collection<String> conditions) {
    return conditions.stream()
        .filter(condition -> !condition.isEmpty())
        .map(MeiliFilters::bracket)
        .collect(Collectors.joining(" AND "));
  }

  static String all(String... conditions) {
    return all(List.of(conditions));
  }

  static String any(Collection<String> conditions) {
    return conditions.stream().map(MeiliFilters::bracket).collect(Collectors.joining(" OR "));
  }

  private static String bracket(String condition) {
    return "(" + condition + ")";
  }

  static String in(String field, Collection<String> values) {
    return values.stream()
        .map(MeiliFilters::quote)
        .collect(Collectors.joining(", ", field + " IN [", "]"));
  }

  private static String quote(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Texts that hold a word, as far as this field of stems tells. */
  static String group(QueryTerm term, String field) {
    String whole = in(field, term.stems().keySet());
    if (term.pieces().size() < 2) {
      return whole;
    }
    return any(
        List.of(
            whole, all(term.pieces().stream().map(piece -> in(field, List.of(piece))).toList())));
  }

  static List<QueryTerm> wanted(List<QueryTerm> terms) {
    return terms.stream().filter(term -> term.role() == QueryTerm.Role.WANTED).toList();
  }

  /** Texts that hold every wanted word; every word, when none is wanted. */
  static String holding(List<QueryTerm> terms, String field) {
    List<QueryTerm> wanted = wanted(terms);
    List<QueryTerm> required = wanted.isEmpty() ? terms : wanted;
    return required.isEmpty()
        ? NOTHING
        : all(required.stream().map(term -> group(term, field)).toList());
  }

  /** Texts that hold all the wanted words of at least one part. */
  static String holdingAny(List<List<QueryTerm>> parts) {
    return any(parts.stream().map(part -> holding(part, MeiliFields.STEMS)).toList());
  }

  /** Texts that hold at least so many of the words; null where that takes too many conditions. */
  static @Nullable String holdingSome(List<QueryTerm> words, int least) {
    if (words.isEmpty()) {
      return NOTHING;
    }
    if (combinations(words.size(), least) * least > MOST_CONDITIONS) {
      return null;
    }
    List<String> choices = new ArrayList<>();
    choose(words.stream().map(word -> group(word, MeiliFields.STEMS)).toList(), least, choices);
    return any(choices);
  }

  private static long combinations(int of, int count) {
    long ways = 1;
    for (int i = 0; i < count; i++) {
      ways = ways * (of - i) / (i + 1);
    }
    return ways;
  }

  private static void choose(List<String> groups, int count, List<String> choices) {
    int[] at = new int[count];
    for (int i = 0; i < count; i++) {
      at[i] = i;
    }
    while (true) {
      choices.add(all(java.util.Arrays.stream(at).mapToObj(groups::get).toList()));
      int move = count - 1;
      while (move >= 0 && at[move] == groups.size() - count + move) {
        move--;
      }
      if (move < 0) {
        return;
      }
      at[move]++;
      for (int i = move + 1; i < count; i++) {
        at[i] = at[i - 1] + 1;
      }
    }
  }

  /** What hits must be like; empty when everything may pass. A facet can be left out. */
  static String traits(Filters filters, @Nullable Facet without) {
    Stream<String> chosen =
        filters.values().entrySet().stream()
            .filter(choice -> choice.getKey() != without)
            .map(choice -> in(MeiliFields.of(choice.getKey()), choice.getValue()));
    return all(Stream.concat(chosen, minutes(filters, without)).toList());
  }

  private static Stream<String> minutes(Filters filters, @Nullable Facet without) {
    if (without == Facet.DURATION) {
      return Stream.empty();
    }
    List<String> bounds = new ArrayList<>(2);
    if (filters.minMinutes() > 0) {
      bounds.add(MeiliFields.MINUTES + " >= " + filters.minMinutes());
    }
    if (filters.maxMinutes() < Integer.MAX_VALUE) {
      bounds.add(MeiliFields.MINUTES + " <= " + filters.maxMinutes());
    }
    return bounds.stream();
  }

  /** The facets that are narrowed by a choice. */
  static List<Facet> narrowed(Filters filters) {
    List<Facet> narrowed = new ArrayList<>(filters.values().keySet());
    boolean bounded = filters.minMinutes() > 0 || filters.maxMinutes() < Integer.MAX_VALUE;
    if (bounded && !narrowed.contains(Facet.DURATION)) {
      narrowed.add(Facet.DURATION);
    }
    return narrowed;
  }
}
