package dev.nanoctl.server.search.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocsCollector;

/** Counts facets on the way, and hands the documents that pass the filters on to be ranked. */
final class CountingCollector implements Collector {
  private final FacetCounting counting;
  private final Function<LeafReaderContext, Columns> columns;
  private final TopDocsCollector<?> ranking;

  CountingCollector(
      FacetCounting counting,
      Function<LeafReaderContext, Columns> columns,
      TopDocsCollector<?> ranking) {
    this.counting = counting;
    this.columns = columns;
    this.ranking = ranking;
  }

  @Override
  public LeafCollector getLeafCollector(LeafReaderContext context) throws IOException {
    Columns segment = columns.apply(context);
    LeafCollector ranked = ranking.getLeafCollector(context);
    return new FilterLeafCollector(ranked) {
      @Override
      public void collect(int document) throws IOException {
        if (counting.take(segment, document)) {
          in.collect(document);
        }
      }
    };
  }

  /** This collector as the only one of a search: segments are read one after the other. */
  CollectorManager<CountingCollector, CountingCollector> alone() {
    return new CollectorManager<>() {
      @Override
      public CountingCollector newCollector() {
        return CountingCollector.this;
      }

      @Override
      public CountingCollector reduce(Collection<CountingCollector> collectors) {
        return CountingCollector.this;
      }
    };
  }

  @Override
  public ScoreMode scoreMode() {
    return ranking.scoreMode() == ScoreMode.COMPLETE
        ? ScoreMode.COMPLETE
        : ScoreMode.COMPLETE_NO_SCORES;
  }
}
