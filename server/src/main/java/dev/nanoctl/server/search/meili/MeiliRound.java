package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchResult.Count;
import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.weigh.Tongues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several questions to Meilisearch in one request: the hits, the counts of every facet without its
 * own choice, how many texts hold the words at all, and in which languages single words stand.
 */
final class MeiliRound {
  private static final List<String> SCORED =
      List.of(
          MeiliFields.ID,
          MeiliFields.PUBLISHED,
          MeiliFields.WEIGHTS,
          MeiliFields.LENGTH,
          MeiliFields.TITLE_KEYS);
  private static final List<String> SHOWN =
      List.of(
          MeiliFields.ID,
          MeiliFields.TITLE,
          MeiliFields.DESCRIPTION,
          MeiliFields.TONGUE,
          MeiliFields.ITEM);

  private final Asking asking;
  private final String words;
  private final Filters filters;
  private Consumer<JsonWriter> shape = _ -> {};
  private List<QueryTerm> languages = List.of();
  private boolean hitsOnly;

  /** A round about the texts that pass this filter, narrowed by those. */
  MeiliRound(Asking asking, String words, Filters filters) {
    this.asking = asking;
    this.words = words;
    this.filters = filters;
  }

  /**
   * What came of a round.
   *
   * @param matched how many texts hold the words, whatever they are like
   * @param languages for every word that was asked for, the languages of the texts that hold it
   */
  record Outcome(
      List<JsonObject> hits,
      int total,
      int matched,
      Map<Facet, List<Count>> facets,
      List<Map<String, Integer>> languages) {}

  /** Wants a page of hits in this order. */
  MeiliRound page(SearchQuery.Sort sort, int offset, int limit) {
    shape =
        one -> {
          one.texts("attributesToRetrieve", SHOWN);
          one.texts("sort", order(sort));
          one.field("offset", offset);
          one.field("limit", limit);
        };
    return this;
  }

  /** Wants so many of the newest, with what is needed to score them. */
  MeiliRound candidates(int most) {
    shape = scored(most);
    return this;
  }

  private static Consumer<JsonWriter> scored(int most) {
    return one -> {
      one.texts("attributesToRetrieve", SCORED);
      one.texts("sort", order(SearchQuery.Sort.NEWEST));
      one.field("limit", most);
    };
  }

  /** Wants to know in which languages these words stand. */
  MeiliRound languagesOf(List<QueryTerm> terms) {
    languages = terms;
    return this;
  }

  /** Wants no counts. */
  MeiliRound hitsOnly() {
    hitsOnly = true;
    return this;
  }

  private static List<String> order(SearchQuery.Sort sort) {
    String newest = MeiliFields.PUBLISHED + ":desc";
    String youngest = MeiliFields.ID + ":desc";
    return switch (sort) {
      case RELEVANCE, NEWEST -> List.of(newest, youngest);
      case BEST -> List.of(MeiliFields.RATING + ":desc", newest, youngest);
      case TITLE -> List.of(MeiliFields.TITLE_ORDER + ":asc", youngest);
      case SHORTEST -> List.of(MeiliFields.MINUTES + ":asc", youngest);
    };
  }

  Outcome ask() {
    List<Facet> narrowed = hitsOnly ? List.of() : MeiliFilters.narrowed(filters);
    List<Facet> free = new ArrayList<>(hitsOnly ? List.of() : MeiliSearch.FACETS);
    free.removeAll(narrowed);
    List<Consumer<JsonWriter>> questions = new ArrayList<>();
    String traits = MeiliFilters.traits(filters, null);
    questions.add(one -> {
      one.field("filter", MeiliFilters.all(words, traits));
      one.texts("facets", free.stream().map(MeiliFields::of).toList());
      shape.accept(one);
    });
    for (Facet facet : narrowed) {
      String others = MeiliFilters.all(words, MeiliFilters.traits(filters, facet));
      questions.add(counting(others, MeiliFields.of(facet)));
    }
    for (QueryTerm term : languages) {
      questions.add(
          counting(
              MeiliFilters.in(MeiliFields.STEMS, Tongues.ownStems(term)),
              MeiliFields.of(Facet.LANGUAGE)));
    }
    if (!traits.isEmpty()) {
      questions.add(counting(words, null));
    }
    return outcome(asking.search(questions), free, narrowed);
  }

  private static Consumer<JsonWriter> counting(String filter, @Nullable String facet) {
    return one -> {
      one.field("filter", filter);
      one.field("limit", 0);
      if (facet != null) {
        one.texts("facets", List.of(facet));
      }
    };
  }

  private Outcome outcome(List<JsonObject> answers, List<Facet> free, List<Facet> narrowed) {
    Map<Facet, List<Count>> facets = new EnumMap<>(Facet.class);
    JsonObject main = answers.getFirst();
    free.forEach(facet -> facets.put(facet, counts(main, facet)));
    int at = 1;
    for (Facet facet : narrowed) {
      facets.put(facet, counts(answers.get(at++), facet));
    }
    List<Map<String, Integer>> tongues = new ArrayList<>();
    for (int i = 0; i < languages.size(); i++) {
      tongues.add(distribution(answers.get(at++), Facet.LANGUAGE));
    }
    int total = total(main);
    int matched = at < answers.size() ? total(answers.get(at)) : total;
    return new Outcome(hits(main), total, matched, facets, tongues);
  }

  static int total(JsonObject answer) {
    return Math.toIntExact(answer.integer("estimatedTotalHits").orElse(0));
  }

  private static List<JsonObject> hits(JsonObject answer) {
    return answer.array("hits").map(JsonArray::objects).orElseThrow().toList();
  }

  private static Map<String, Integer> distribution(JsonObject answer, Facet facet) {
    Map<String, Integer> counts = new TreeMap<>();
    answer
        .object("facetDistribution")
        .flatMap(facets -> facets.object(MeiliFields.of(facet)))
        .ifPresent(values ->
            values
                .names()
                .forEach(
                    value -> counts.put(value, Math.toIntExact(values.integer(value).orElse(0)))));
    return counts;
  }

  /** The most frequent value first; levels and durations in their own order. */
  private static List<Count> counts(JsonObject answer, Facet facet) {
    List<Count> counts = new ArrayList<>();
    distribution(answer, facet)
        .forEach((value, count) -> {
          if (count > 0) {
            counts.add(new Count(value, count));
          }
        });
    if (facet == Facet.DURATION) {
      counts.sort(Comparator.comparingInt(count -> MeiliDocuments.RANGES.indexOf(count.value())));
    } else if (facet != Facet.LEVEL) {
      counts.sort(Comparator.comparingInt(Count::count).reversed().thenComparing(Count::value));
    }
    return counts;
  }

  /** Puts questions to one index. */
  static final class Asking {
    private final MeiliHttp http;
    private final String index;

    Asking(MeiliHttp http, String index) {
      this.http = http;
      this.index = index;
    }

    /** The answers to several searches, in their order. */
    List<JsonObject> search(List<Consumer<JsonWriter>> questions) {
      MeiliHttp.Answer answer =
          http.query(
              "/multi-search",
              json ->
                  json.object(body ->
                      body.array(
                          "queries",
                          questions,
                          (list, question) ->
                              list.object(one -> {
                                one.field("indexUid", index);
                                one.field("q", "");
                                question.accept(one);
                              }))));
      if (answer.isMissing()) {
        throw new IndexMissingException();
      }
      return answer.body().array("results").orElseThrow().objects().toList();
    }

    /** For each filter so many of the newest texts, with what is needed to score them. */
    List<List<JsonObject>> candidates(List<String> filterList, int most) {
      Consumer<JsonWriter> shape = scored(most);
      List<Consumer<JsonWriter>> questions = new ArrayList<>();
      for (String filter : filterList) {
        questions.add(one -> {
          one.field("filter", filter);
          shape.accept(one);
        });
      }
      return search(questions).stream().map(MeiliRound::hits).toList();
    }

    /** Those of the words that at least one text holds. */
    List<QueryTerm> present(List<QueryTerm> words) {
      List<Consumer<JsonWriter>> questions = new ArrayList<>();
      words.forEach(
          word -> questions.add(counting(MeiliFilters.group(word, MeiliFields.STEMS), null)));
      List<JsonObject> answers = search(questions);
      List<QueryTerm> present = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        if (total(answers.get(i)) > 0) {
          present.add(words.get(i));
        }
      }
      return present;
    }

    /** What hits are shown from, by id; with the order of their words if asked for. */
    Map<String, JsonObject> documents(Collection<String> ids, boolean withOrder) {
      List<String> fields = new ArrayList<>(SHOWN);
      if (withOrder) {
        fields.add(MeiliFields.ORDER);
      }
      MeiliHttp.Answer answer =
          http.query(
              "/indexes/" + index + "/documents/fetch",
              json ->
                  json.object(body -> {
                    body.texts("ids", ids);
                    body.texts("fields", fields);
                    body.field("limit", ids.size());
                  }));
      if (answer.isMissing()) {
        throw new IndexMissingException();
      }
      Map<String, JsonObject> documents = new java.util.HashMap<>();
      answer
          .body()
          .array("results")
          .orElseThrow()
          .objects()
          .forEach(one -> documents.put(one.text(MeiliFields.ID).orElseThrow(), one));
      return documents;
    }
  }

  /** The server has no such index: it was begun anew or emptied behind our back. */
  static final class IndexMissingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IndexMissingException() {
      super("the search engine has no index", null, false, false);
    }
  }
}
