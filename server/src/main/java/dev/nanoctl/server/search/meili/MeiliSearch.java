package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.meili.MeiliScoring.Candidate;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.QueryReader;
import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.weigh.TitleRanking;
import dev.nanoctl.server.search.weigh.Tongues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search. Meilisearch finds the texts that hold the words, by stems as filters, counts them and
 * sorts them by traits; the hundred best are ordered here, by what they carry with them.
 *
 * <p>First all wanted words must be there; of a query in two languages, those of one. If hardly
 * anything is found so, words nearby count too and one of three or more may be missing; if nothing
 * is, fewer words are enough.
 */
final class MeiliSearch {
  /** With fewer hits than that, words nearby are looked for as well. */
  private static final int FEW = 3;

  /** How many hits are ordered finely; more than anyone looks through. */
  private static final int DEPTH = 100;

  /** How many of them are looked at for words that stand together. */
  private static final int NEAR_DEPTH = 40;

  private static final int SLOP = 4;

  private final MeiliRound.Asking asking;
  private final MeiliWords.Known words;
  private final GermanText text;
  private final SearchQuery query;

  MeiliSearch(
      MeiliRound.Asking asking, MeiliWords.Known words, GermanText text, SearchQuery query) {
    this.asking = asking;
    this.words = words;
    this.text = text;
    this.query = query;
  }

  /**
   * What was asked for and what came of it.
   *
   * @param parts the ways of reading the query, of which one is enough
   * @param some whether a text need not hold all words
   * @param whole all words, if texts that hold them come first; otherwise empty
   */
  private record Found(
      String filter,
      List<QueryTerm> terms,
      List<List<QueryTerm>> parts,
      boolean some,
      List<QueryTerm> whole,
      MeiliRound.Outcome outcome) {}

  SearchResult run() {
    String typed = GermanText.normalise(query.text().strip());
    MeiliPage page = new MeiliPage(text);
    if (typed.isEmpty()) {
      MeiliRound.Outcome all = round(MeiliFilters.EVERYTHING, true).ask();
      return new SearchResult(page.of(all.hits(), List.of()), all.total(), all.facets(), null);
    }
    Found found = find(typed);
    boolean byTraits = query.sort() != SearchQuery.Sort.RELEVANCE;
    List<SearchResult.Hit> hits =
        byTraits ? page.of(found.outcome.hits(), found.terms) : ranked(found, page);
    return new SearchResult(
        hits, found.outcome.total(), found.outcome.facets(), corrected(typed, found.terms));
  }

  private MeiliRound round(String filter, boolean browsing) {
    MeiliRound round = new MeiliRound(asking, filter, query.filters());
    if (browsing || query.sort() != SearchQuery.Sort.RELEVANCE) {
      return round.page(query.sort(), query.offset(), query.limit());
    }
    return round.candidates(DEPTH);
  }

  private Found find(String typed) {
    QueryReader reader = new QueryReader(text, words.vocabulary());
    List<QueryTerm> terms = reader.read(typed, false);
    List<QueryTerm> wanted = MeiliFilters.wanted(terms);
    String filter = MeiliFilters.holding(terms, MeiliFields.STEMS);
    // a single word is in a single language, whichever
    List<QueryTerm> asked = wanted.size() < 2 ? List.of() : wanted;
    MeiliRound.Outcome outcome = round(filter, false).languagesOf(asked).ask();
    Found found = new Found(filter, terms, List.of(terms), false, List.of(), outcome);
    List<List<QueryTerm>> parts = parts(terms, asked, outcome);
    if (parts.size() > 1) {
      // two words that stand together in hardly any text were meant together
      boolean rare = wanted.size() == 2 && outcome.matched() < FEW;
      String any = MeiliFilters.holdingAny(parts);
      found =
          new Found(any, terms, parts, false, rare ? terms : List.of(), round(any, false).ask());
    }
    if (found.outcome.matched() >= FEW || terms.isEmpty()) {
      return found;
    }
    return forgiving(reader.read(typed, true));
  }

  private static List<List<QueryTerm>> parts(
      List<QueryTerm> terms, List<QueryTerm> asked, MeiliRound.Outcome outcome) {
    if (asked.isEmpty()) {
      return List.of(terms);
    }
    Map<QueryTerm, Map<String, Integer>> languages = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      languages.put(asked.get(i), outcome.languages().get(i));
    }
    try {
      return Tongues.parts(terms, term -> languages.getOrDefault(term, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Found forgiving(List<QueryTerm> terms) {
    List<QueryTerm> wanted = MeiliFilters.wanted(terms);
    if (wanted.size() < 3) {
      String filter = MeiliFilters.holding(terms, MeiliFields.STEMS);
      Found found = found(filter, terms, false);
      return found.outcome.matched() > 0 || wanted.size() < 2 ? found : some(terms, wanted, 1);
    }
    return some(terms, wanted, wanted.size() - 1);
  }

  /** As many words as can be, from so many on downwards. */
  private Found some(List<QueryTerm> terms, List<QueryTerm> wanted, int most) {
    List<QueryTerm> present = asking.present(wanted);
    for (int least = Math.min(most, present.size()); least > 0; least--) {
      String filter = MeiliFilters.holdingSome(present, least);
      if (filter != null) {
        Found found = found(filter, terms, true);
        if (found.outcome.matched() > 0) {
          return found;
        }
      }
    }
    return found(MeiliFilters.NOTHING, terms, true);
  }

  private Found found(String filter, List<QueryTerm> terms, boolean some) {
    return new Found(filter, terms, List.of(terms), some, List.of(), round(filter, false).ask());
  }

  private List<SearchResult.Hit> ranked(Found found, MeiliPage page) {
    MeiliScoring scoring = new MeiliScoring(found.terms, words.vocabulary(), words.documents());
    List<JsonObject> texts = candidates(found);
    List<Candidate> best = scoring.order(texts, found.parts, found.some, found.whole);
    best = best.size() > DEPTH ? best.subList(0, DEPTH) : best;
    int from = Math.min(query.offset(), best.size());
    int to = Math.min(query.offset() + query.limit(), best.size());
    List<SearchResult.Hit> hits = new ArrayList<>(query.limit());
    if (from < to) {
      boolean pairs = scoring.titles().size() > 1;
      Set<String> ids = new HashSet<>();
      if (pairs && from < NEAR_DEPTH) {
        best.stream().limit(NEAR_DEPTH).forEach(one -> ids.add(one.id()));
      }
      best.subList(from, to).forEach(one -> ids.add(one.id()));
      Map<String, JsonObject> details = asking.documents(ids, pairs);
      List<Candidate> ordered = pairs ? together(best, details, scoring.titles()) : best;
      List<JsonObject> shown = new ArrayList<>();
      ordered.subList(from, to).stream()
          .map(one -> details.get(one.id()))
          .forEach(one -> {
            if (one != null) {
              shown.add(one);
            }
          });
      hits.addAll(page.of(shown, found.terms));
    }
    int rest = query.limit() - (to - from);
    if (rest > 0 && found.outcome.total() > DEPTH) {
      Set<String> before = best.stream().map(Candidate::id).collect(Collectors.toSet());
      String others = "NOT " + MeiliFilters.in(MeiliFields.ID, before);
      int offset = Math.max(0, query.offset() - best.size());
      MeiliRound after =
          new MeiliRound(asking, MeiliFilters.all(found.filter, others), query.filters());
      hits.addAll(
          page.of(
              after.page(SearchQuery.Sort.NEWEST, offset, rest).hitsOnly().ask().hits(),
              found.terms));
    }
    return hits;
  }

  /**
   * The newest texts found, and where there are more of them those that the words weigh most in.
   */
  private List<JsonObject> candidates(Found found) {
    if (found.outcome.total() <= DEPTH) {
      return found.outcome.hits();
    }
    Map<String, JsonObject> texts = new LinkedHashMap<>();
    add(texts, found.outcome.hits());
    List<String> tiers = new ArrayList<>();
    List<QueryTerm> wanted = MeiliFilters.wanted(found.terms);
    List<QueryTerm> heavy = wanted.isEmpty() ? found.terms : wanted;
    for (List<QueryTerm> part : found.parts) {
      tiers.add(MeiliFilters.holding(part, MeiliFields.STRONGEST));
      tiers.add(MeiliFilters.holding(part, MeiliFields.STRONG));
    }
    if (!found.whole.isEmpty()) {
      tiers.add(MeiliFilters.holding(found.whole, MeiliFields.STEMS));
    }
    QueryTerm rarest =
        heavy.stream()
            .max(
                java.util.Comparator.comparingDouble(
                    term -> TitleRanking.rarity(term, words.documents(), words.vocabulary())))
            .orElseThrow();
    tiers.add(MeiliFilters.group(rarest, MeiliFields.STRONGEST));
    String traits = MeiliFilters.traits(query.filters(), null);
    asking
        .candidates(
            tiers.stream().map(tier -> MeiliFilters.all(found.filter, tier, traits)).toList(),
            DEPTH)
        .forEach(hits -> add(texts, hits));
    return List.copyOf(texts.values());
  }

  private static void add(Map<String, JsonObject> texts, List<JsonObject> more) {
    more.forEach(text -> texts.putIfAbsent(text.text(MeiliFields.ID).orElseThrow(), text));
  }

  /** Raises the texts in which two neighbours of the query stand close together. */
  private static List<Candidate> together(
      List<Candidate> best, Map<String, JsonObject> details, TitleRanking titles) {
    for (int i = 0; i + 1 < titles.size() && i < 4; i++) {
      Set<String> first = codes(titles.stems(i));
      Set<String> second = codes(titles.stems(i + 1));
      float bonus = titles.nearness(i);
      best.stream()
          .limit(NEAR_DEPTH)
          .filter(one -> {
            JsonObject text = details.get(one.id());
            return text != null
                && KeyCodes.areNear(text.text(MeiliFields.ORDER).orElse(""), first, second, SLOP);
          })
          .forEach(one -> one.raise(bonus));
    }
    int near = Math.min(NEAR_DEPTH, best.size());
    List<Candidate> ordered = new ArrayList<>(best.subList(0, near));
    ordered.sort(MeiliScoring.BEST_FIRST);
    ordered.addAll(best.subList(near, best.size()));
    return ordered;
  }

  private static Set<String> codes(List<String> stems) {
    return stems.stream().map(KeyCodes::stem).collect(Collectors.toSet());
  }

  /** The query with unknown words replaced by the known ones they were taken for. */
  private @Nullable String corrected(String typed, List<QueryTerm> terms) {
    StringBuilder corrected = new StringBuilder(typed.length() + 8);
    int at = 0;
    for (QueryTerm term : terms) {
      String correction = term.correction();
      String written = correction == null ? null : words.written(correction);
      if (written != null) {
        corrected.append(typed, at, term.word().start()).append(written);
        at = term.word().end();
      }
    }
    return at == 0 ? null : corrected.append(typed, at, typed.length()).toString();
  }

  /** The facets in the order of the answer. */
  static final List<Facet> FACETS = List.of(Facet.values());
}
