package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.Vocabulary;
import dev.nanoctl.server.search.text.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/** Completes what someone is typing to titles. */
final class Suggestions {
  private static final int MOST_WORDS = 8;
  private static final int ENDINGS = 24;
  private static final int CANDIDATES = 50;

  private final Snapshot snapshot;

  Suggestions(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  List<String> of(String typed, int limit) throws IOException {
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

  private List<String> titles(List<String> words, int limit, int errors) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (int i = 0; i < words.size(); i++) {
      query.add(word(words.get(i), i == words.size() - 1, errors), Occur.MUST);
    }
    ScoreDoc[] hits = snapshot.searcher().search(query.build(), CANDIDATES).scoreDocs;
    List<Suggestion> suggestions = new ArrayList<>(hits.length);
    for (ScoreDoc hit : hits) {
      suggestions.add(suggestion(hit, words.getFirst()));
    }
    suggestions.sort(
        Comparator.comparing(Suggestion::begins)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Suggestion::score).reversed())
            .thenComparingInt(one -> one.title().length())
            .thenComparing(Suggestion::title));
    Set<String> titles = new LinkedHashSet<>();
    for (Suggestion one : suggestions) {
      if (titles.size() < limit) {
        titles.add(one.title());
      }
    }
    return List.copyOf(titles);
  }

  private record Suggestion(String title, boolean begins, float score) {}

  private Suggestion suggestion(ScoreDoc hit, String first) throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
    BinaryDocValues hits = DocValues.getBinary(leaf.reader(), Fields.HIT);
    if (!hits.advanceExact(hit.doc - leaf.docBase)) {
      throw new IOException("a document has no hit");
    }
    String title = HitData.read(hits.binaryValue()).title();
    String folded = GermanText.fold(title.toLowerCase(Locale.ROOT), Language.GERMAN);
    return new Suggestion(title, folded.startsWith(first), hit.score);
  }

  /** A word of a title or tag: a beginning if it is the last one typed. */
  private Query word(String typed, boolean last, int errors) {
    Vocabulary vocabulary = snapshot.vocabulary();
    int forgiven = typed.length() >= 4 ? errors : 0;
    List<Vocabulary.Near> forms = new ArrayList<>();
    forms.add(new Vocabulary.Near(typed, 0, 0));
    if (last) {
      forms.addAll(vocabulary.completions(typed, forgiven, ENDINGS));
    } else if (forgiven > 0) {
      forms.addAll(vocabulary.near(typed, forgiven, ENDINGS));
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (Vocabulary.Near form : forms) {
      Query one = new ConstantScoreQuery(new TermQuery(new Term(Fields.NAMES, form.form())));
      any.add(new BoostQuery(one, form.form().equals(typed) ? 2f : 1f), Occur.SHOULD);
    }
    return any.build();
  }
}
