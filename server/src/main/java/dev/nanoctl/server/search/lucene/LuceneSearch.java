package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchResult;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Highlighter;
import dev.nanoctl.server.search.text.QueryReader;
import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.weigh.Tongues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.jspecify.annotations.Nullable;

/**
 * One search. First all wanted words must be there, as written or inflected; of a query in two
 * languages, those of one language. If hardly anything is found so, words nearby count too and one
 * of three or more may be missing; if nothing is, fewer words are enough.
 */
final class LuceneSearch {
  /** With fewer hits than that, words nearby are looked for as well. */
  private static final int FEW = 3;

  private static final int DESCRIPTION_LENGTH = 320;

  private final Snapshot snapshot;
  private final GermanText text;

  LuceneSearch(Snapshot snapshot, GermanText text) {
    this.snapshot = snapshot;
    this.text = text;
  }

  /** What a query found, before the page is rendered. */
  @SuppressWarnings("ArrayRecordComponent") // looked through, never compared
  private record Found(List<QueryTerm> terms, ScoreDoc[] hits, int total, FacetCounting counting) {}

  SearchResult run(SearchQuery query) throws IOException {
    String words = GermanText.normalise(query.text().strip());
    boolean browsing = words.isEmpty();
    Found found = browsing ? browse(query) : find(words, query);
    if (!browsing && query.sort() == SearchQuery.Sort.RELEVANCE) {
      new Ranking(snapshot.searcher(), found.terms, snapshot.vocabulary()).order(found.hits);
    }
    return new SearchResult(
        page(found, query), found.total, found.counting.counts(), corrected(words, found.terms));
  }

  private Found browse(SearchQuery query) throws IOException {
    return collect(Queries.everything(), List.of(), query, true);
  }

  private Found find(String words, SearchQuery query) throws IOException {
    QueryReader reader = new QueryReader(text, snapshot.vocabulary());
    List<QueryTerm> terms = reader.read(words, false);
    Found found = collect(Queries.holding(terms, Integer.MAX_VALUE), terms, query, false);
    int wanted = (int) terms.stream().filter(t -> t.role() == QueryTerm.Role.WANTED).count();
    // a single word is in a single language, whichever
    List<List<QueryTerm>> parts =
        wanted < 2 ? List.of(terms) : Tongues.parts(terms, new TextLanguages(snapshot));
    if (parts.size() > 1) {
      // two words that stand together in hardly any text were meant together
      boolean rare = wanted == 2 && found.counting.matched() < FEW;
      Query any = rare ? Queries.holdingAnyAfter(parts, terms) : Queries.holdingAny(parts);
      found = collect(any, terms, query, false);
    }
    if (found.counting.matched() >= FEW || terms.isEmpty()) {
      return found;
    }
    List<QueryTerm> forgiving = reader.read(words, true);
    int least = wanted < 3 ? wanted : wanted - 1;
    Found more = collect(Queries.holding(forgiving, least), forgiving, query, false);
    while (more.counting.matched() == 0 && least > 1) {
      least--;
      more = collect(Queries.holding(forgiving, least), forgiving, query, false);
    }
    return more;
  }

  private Found collect(Query query, List<QueryTerm> terms, SearchQuery asked, boolean browsing)
      throws IOException {
    // numbers the values of new segments before the counts are laid out
    snapshot.reader().leaves().forEach(snapshot.columns()::of);
    int wanted = Math.max(Ranking.DEPTH, asked.offset() + asked.limit());
    FacetCounting counting = new FacetCounting(snapshot.columns().numbering(), asked.filters());
    TopDocsCollector<?> ranking = ranking(asked.sort(), browsing, wanted);
    CountingCollector collector = new CountingCollector(counting, snapshot.columns()::of, ranking);
    snapshot.searcher().search(query, collector.alone());
    ScoreDoc[] hits = ranking.topDocs().scoreDocs;
    return new Found(terms, hits, ranking.getTotalHits(), counting);
  }

  private static TopDocsCollector<?> ranking(SearchQuery.Sort sort, boolean browsing, int wanted) {
    Sort order =
        switch (sort) {
          case RELEVANCE -> browsing ? newest() : null;
          case NEWEST -> newest();
          case BEST ->
              new Sort(new SortField(Fields.RATING, SortField.Type.LONG, true), publishedFirst());
          case TITLE -> new Sort(new SortField(Fields.TITLE_ORDER, SortField.Type.STRING), byAge());
          case SHORTEST -> new Sort(new SortField(Fields.MINUTES, SortField.Type.LONG), byAge());
        };
    return order == null
        ? new TopScoreDocCollectorManager(wanted, null, Integer.MAX_VALUE).newCollector()
        : new TopFieldCollectorManager(order, wanted, null, Integer.MAX_VALUE).newCollector();
  }

  private static Sort newest() {
    return new Sort(publishedFirst(), byAge());
  }

  private static SortField publishedFirst() {
    return new SortField(Fields.PUBLISHED, SortField.Type.LONG, true);
  }

  private static SortField byAge() {
    return new SortField(Fields.AGE_ORDER, SortField.Type.LONG, true);
  }

  private List<SearchResult.Hit> page(Found found, SearchQuery query) throws IOException {
    int to = Math.min(found.hits.length, query.offset() + query.limit());
    List<SearchResult.Hit> page = new ArrayList<>(Math.max(0, to - query.offset()));
    Highlighter highlighter = new Highlighter(text, found.terms);
    for (int i = query.offset(); i < to; i++) {
      HitData hit = hit(found.hits[i].doc);
      page.add(
          new SearchResult.Hit(
              hit.id(),
              hit.item(),
              highlighter.mark(hit.title(), hit.language(), Integer.MAX_VALUE),
              highlighter.mark(hit.description(), hit.language(), DESCRIPTION_LENGTH)));
    }
    return page;
  }

  private HitData hit(int document) throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    BinaryDocValues hits = DocValues.getBinary(leaf.reader(), Fields.HIT);
    if (!hits.advanceExact(document - leaf.docBase)) {
      throw new IOException("document " + document + " has no hit");
    }
    return HitData.read(hits.binaryValue());
  }

  /** The query with unknown words replaced by the known ones they were taken for. */
  private @Nullable String corrected(String words, List<QueryTerm> terms) throws IOException {
    StringBuilder corrected = new StringBuilder(words.length() + 8);
    int at = 0;
    for (QueryTerm term : terms) {
      String correction = term.correction();
      String written = correction == null ? null : snapshot.written(correction);
      if (written != null) {
        corrected.append(words, at, term.word().start()).append(written);
        at = term.word().end();
      }
    }
    return at == 0 ? null : corrected.append(words, at, words.length()).toString();
  }
}
