package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.search.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The words of the index. Meilisearch counts them as the values of a facet, so every process that
 * asks knows those of all nanos, and none of a nano that is gone. Asking takes longer the more
 * words there are, so it is done at most every half second and at most a tenth of the time.
 */
final class MeiliWords {
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int REST_FACTOR = 9;

  private volatile Known known = new Known(Vocabulary.EMPTY, new String[0], new int[0], 0);
  private volatile boolean stale = true;
  private long due = System.nanoTime();

  /** What is known at one moment. */
  static final class Known {
    private final Vocabulary vocabulary;
    private final String[] spellings;
    private final int[] counts;
    private final int documents;

    private Known(Vocabulary vocabulary, String[] spellings, int[] counts, int documents) {
      this.vocabulary = vocabulary;
      this.spellings = spellings;
      this.counts = counts;
      this.documents = documents;
    }

    Vocabulary vocabulary() {
      return vocabulary;
    }

    /** In how many nanos they stand. */
    int documents() {
      return documents;
    }

    /** How a folded word is most often written; null if it is not known. */
    @Nullable String written(String form) {
      String prefix = form + ' ';
      int at = Arrays.binarySearch(spellings, prefix);
      String best = null;
      int most = 0;
      for (int i = at < 0 ? -at - 1 : at;
          i < spellings.length && spellings[i].startsWith(prefix);
          i++) {
        if (counts[i] > most) {
          most = counts[i];
          best = spellings[i].substring(prefix.length());
        }
      }
      return best == null ? null : MeiliDocuments.withCapitals(best);
    }
  }

  Known known() {
    return known;
  }

  /** Notes that entries have changed. */
  void changed() {
    stale = true;
  }

  boolean areStale() {
    return stale;
  }

  /** Whether enough time has passed since they were read. */
  boolean areDue() {
    return System.nanoTime() - due >= 0;
  }

  /** Reads them anew. For one thread at a time. */
  void read(MeiliRound.Asking asking) {
    long begin = System.nanoTime();
    stale = false;
    JsonObject answer =
        asking
            .search(
                List.of(one -> {
                  one.field("filter", MeiliFilters.EVERYTHING);
                  one.texts("facets", List.of(MeiliFields.WORDS));
                  one.field("limit", 0);
                }))
            .getFirst();
    JsonObject words =
        answer
            .object("facetDistribution")
            .flatMap(facets -> facets.object(MeiliFields.WORDS))
            .orElse(JsonObject.EMPTY);
    String[] spellings = words.names().toArray(String[]::new);
    Arrays.sort(spellings);
    int[] counts = new int[spellings.length];
    Vocabulary.Builder forms = new Vocabulary.Builder();
    for (int i = 0; i < spellings.length; i++) {
      counts[i] = Math.toIntExact(words.integer(spellings[i]).orElse(0));
      forms.add(spellings[i].substring(0, spellings[i].indexOf(' ')), counts[i]);
    }
    known = new Known(forms.build(), spellings, counts, MeiliRound.total(answer));
    long end = System.nanoTime();
    due = end + Math.max(REST_NANOS, REST_FACTOR * (end - begin));
  }
}
