package dev.nanoctl.server.rating;

import dev.nanoctl.core.json.JsonWriter;
import java.util.Arrays;
import java.util.List;

/**
 * How often each score was given.
 *
 * @param counts of the scores 1 to 5, in this order
 */
record Histogram(List<Long> counts) {
  static final int BEST = 5;

  Histogram {
    counts = List.copyOf(counts);
  }

  /** From counts indexed by score. */
  static Histogram of(long[] byScore) {
    return new Histogram(Arrays.stream(byScore, 1, BEST + 1).boxed().toList());
  }

  long total() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** Writes {@code histogram} and {@code average}, which is null while nobody has rated. */
  void write(JsonWriter meta) {
    long sum = 0;
    meta.name("histogram").startObject();
    for (int score = 1; score <= BEST; score++) {
      long count = counts.get(score - 1);
      meta.field(Integer.toString(score), count);
      sum += score * count;
    }
    meta.endObject().name("average");
    if (total() == 0) {
      meta.value((String) null);
    } else {
      meta.value(Math.round(10.0 * sum / total()) / 10.0);
    }
  }
}
