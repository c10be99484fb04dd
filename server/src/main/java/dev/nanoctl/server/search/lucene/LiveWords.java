package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.text.Vocabulary;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;

/**
 * The words of an index while it changes. Words of new entries are gathered and taken over many at
 * a time, which costs a copy of all words and so happens at most every half second. Words of
 * entries that are gone stay until so much has changed that all are read anew. Its user sees to it
 * that one thread at a time changes it.
 */
final class LiveWords {
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How much time is left to others: that many times what taking over took. */
  private static final int REST_FACTOR = 9;

  private static final int FEW_CHANGES = 1_000;

  private final Map<String, Integer> gathered = new HashMap<>();
  private volatile Vocabulary vocabulary = Vocabulary.EMPTY;
  private long due = System.nanoTime();
  private int changes;

  /** The words known at the moment; for any thread. */
  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Gathers the words of one entry. */
  void add(Collection<String> forms) {
    forms.forEach(form -> gathered.merge(form, 1, Integer::sum));
    changes++;
  }

  /** Notes that an entry is gone. */
  void removed() {
    changes++;
  }

  /** Whether words were gathered that are not known yet. */
  boolean areBehind() {
    return !gathered.isEmpty();
  }

  /** Whether there is something to take over and the last time was long enough ago. */
  boolean areDue() {
    return areBehind() && System.nanoTime() - due >= 0;
  }

  /** Takes over what was gathered. */
  void takeOver() {
    long begin = System.nanoTime();
    vocabulary = vocabulary.plus(gathered);
    gathered.clear();
    long end = System.nanoTime();
    due = end + Math.max(REST_NANOS, REST_FACTOR * (end - begin));
  }

  /** Whether so many entries changed that reading all words costs little in comparison. */
  boolean haveDrifted(int documents) {
    return changes > FEW_CHANGES + documents / 2;
  }

  /** Reads all words anew. */
  void read(DirectoryReader reader) throws IOException {
    vocabulary = Store.vocabulary(reader);
    gathered.clear();
    changes = 0;
  }
}
