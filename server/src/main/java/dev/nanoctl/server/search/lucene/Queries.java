package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.QueryTerm;
import dev.nanoctl.server.search.weigh.EntryKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;

/** Turns the words of a query into queries of Lucene's. */
final class Queries {
  /** What a stem that is only a piece, or only related, weighs. */
  private static final float RELATED = 0.6f;

  private static final float EXACT = 0.3f;
  private static final float SPLIT = 0.5f;
  private static final float STOP = 0.15f;

  /** More than where a word stands can weigh. */
  private static final float FIRST = 5f;

  private Queries() {}

  /**
   * Hits that hold at least so many of the wanted words.
   *
   * @param least how many of the wanted words; all of them when there are fewer
   */
  static Query holding(List<QueryTerm> terms, int least) {
    if (terms.isEmpty()) {
      return new MatchNoDocsQuery();
    }
    List<QueryTerm> wanted =
        terms.stream().filter(term -> term.role() == QueryTerm.Role.WANTED).toList();
    if (wanted.isEmpty()) {
      return all(terms);
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    boolean every = least >= wanted.size();
    for (QueryTerm term : wanted) {
      query.add(group(term), every ? Occur.MUST : Occur.SHOULD);
    }
    if (every) {
      addExtras(query, terms);
      return query.build();
    }
    query.setMinimumNumberShouldMatch(least);
    BooleanQuery.Builder outer = new BooleanQuery.Builder().add(query.build(), Occur.MUST);
    addExtras(outer, terms);
    return outer.build();
  }

  /** Hits that hold all the wanted words of at least one part; the more parts the better. */
  static Query holdingAny(List<List<QueryTerm>> parts) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    parts.forEach(part -> query.add(holding(part, Integer.MAX_VALUE), Occur.SHOULD));
    return query.build();
  }

  /** The same, but hits that hold every wanted word come before all others. */
  static Query holdingAnyAfter(List<List<QueryTerm>> parts, List<QueryTerm> terms) {
    return new BooleanQuery.Builder()
        .add(holdingAny(parts), Occur.MUST)
        .add(new BoostQuery(holding(terms, Integer.MAX_VALUE), FIRST), Occur.SHOULD)
        .build();
  }

  /** Every document. */
  static Query everything() {
    return new MatchAllDocsQuery();
  }

  private static Query all(List<QueryTerm> terms) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    terms.forEach(term -> query.add(group(term), Occur.MUST));
    addExact(query, terms);
    return query.build();
  }

  private static void addExtras(BooleanQuery.Builder query, List<QueryTerm> terms) {
    addExact(query, terms);
    for (QueryTerm term : terms) {
      if (term.role() == QueryTerm.Role.STOP) {
        query.add(new BoostQuery(group(term), STOP), Occur.SHOULD);
      }
    }
  }

  private static void addExact(BooleanQuery.Builder query, List<QueryTerm> terms) {
    for (QueryTerm term : terms) {
      if (term.role() == QueryTerm.Role.WANTED) {
        SynonymQuery.Builder exact = new SynonymQuery.Builder(Fields.KEYS);
        term.forms().forEach(form -> exact.addTerm(key(EntryKeys.EXACT, form)));
        query.add(new BoostQuery(exact.build(), EXACT), Occur.SHOULD);
      }
    }
  }

  private static Query group(QueryTerm term) {
    SynonymQuery.Builder whole = new SynonymQuery.Builder(Fields.KEYS);
    for (Map.Entry<String, Float> stem : term.stems().entrySet()) {
      whole.addTerm(key(EntryKeys.STEM, stem.getKey()), stem.getValue());
      whole.addTerm(key(EntryKeys.RELATED, stem.getKey()), stem.getValue() * RELATED);
    }
    if (term.pieces().size() < 2) {
      return whole.build();
    }
    return new BooleanQuery.Builder()
        .add(whole.build(), Occur.SHOULD)
        .add(new BoostQuery(together(term.pieces()), SPLIT), Occur.SHOULD)
        .build();
  }

  /** All pieces of a compound; side by side or not is for the ranking to tell. */
  private static Query together(Collection<String> pieces) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String piece : pieces) {
      SynonymQuery.Builder one = new SynonymQuery.Builder(Fields.KEYS);
      one.addTerm(key(EntryKeys.STEM, piece));
      one.addTerm(key(EntryKeys.RELATED, piece), RELATED);
      query.add(one.build(), Occur.MUST);
    }
    return query.build();
  }

  static Term key(char kind, String text) {
    return new Term(Fields.KEYS, kind + text);
  }
}
