package dev.nanoctl.server.search.lucene;

import org.apache.lucene.search.similarities.BM25Similarity;

/** BM25 over weighted keys: what a word in the body weighs is the unit it saturates by. */
final class Weighing {
  private static final float SATURATION = 8f;
  private static final float LENGTH = 0.3f;

  private Weighing() {}

  static BM25Similarity similarity() {
    return new BM25Similarity(SATURATION, LENGTH);
  }
}
