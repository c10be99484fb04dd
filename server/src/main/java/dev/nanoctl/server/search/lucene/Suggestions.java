package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.weigh.Completion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private final Snapshot snapshot;

  Suggestions(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  List<String> of(String typed, int limit) throws IOException {
    return Completion.of(typed, limit, snapshot.vocabulary(), this::having);
  }

  private List<Completion.Found> having(List<Completion.Typed> words) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words.forEach(word -> query.add(anyForm(word), Occur.MUST));
    ScoreDoc[] hits = snapshot.searcher().search(query.build(), Completion.CANDIDATES).scoreDocs;
    List<Completion.Found> found = new ArrayList<>(hits.length);
    for (ScoreDoc hit : hits) {
      found.add(new Completion.Found(title(hit), hit.score));
    }
    return found;
  }

  private String title(ScoreDoc hit) throws IOException {
    List<LeafReaderContext> leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
    BinaryDocValues hits = DocValues.getBinary(leaf.reader(), Fields.HIT);
    if (!hits.advanceExact(hit.doc - leaf.docBase)) {
      throw new IOException("a document has no hit");
    }
    return HitData.read(hits.binaryValue()).title();
  }

  private static Query anyForm(Completion.Typed word) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String form : word.forms()) {
      Query one = new ConstantScoreQuery(new TermQuery(new Term(Fields.NAMES, form)));
      any.add(new BoostQuery(one, form.equals(word.word()) ? 2f : 1f), Occur.SHOULD);
    }
    return any.build();
  }
}
