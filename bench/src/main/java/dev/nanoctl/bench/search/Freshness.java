package dev.nanoctl.bench.search;

import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a word nobody used before is found, and found misspelt, while other entries change all
 * the time; and what keeping up costs.
 */
final class Freshness {
  /** How many entries change in a second meanwhile. */
  static final int CHANGES_A_SECOND = 20;

  private static final int WORDS = 20;
  private static final long SEED = 815L;
  private static final long LONGEST_SECONDS = 60;
  private static final String VOWELS = "aeiou";
  private static final String CONSONANTS = "bdfgklmnprstw";

  private final SearchIndex index;
  private final List<Guide> guides;
  private final int size;
  private final Random random = new Random(SEED);

  Freshness(SearchIndex index, List<Guide> guides, int size) {
    this.index = index;
    this.guides = guides;
    this.size = size;
  }

  /**
   * What was measured, times in milliseconds.
   *
   * @param upkeepShare how much of one processor making changes visible took, from 0 to 1
   */
  record Result(
      long foundMedian, long foundMost, long typoMedian, long typoMost, double upkeepShare) {}

  Result measure() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread stream = Thread.ofPlatform().name("changes").start(() -> change(stop));
    try {
      long[] found = new long[WORDS];
      long[] typo = new long[WORDS];
      long processor = upkeepNanos();
      long begin = System.nanoTime();
      for (int i = 0; i < WORDS; i++) {
        String word = newWord();
        long put = System.nanoTime();
        index.put(entry(size + i, word));
        found[i] = millisUntilFound(word, put);
        typo[i] = millisUntilFound(word.substring(0, 5) + word.substring(6), put);
      }
      double share = (double) (upkeepNanos() - processor) / (System.nanoTime() - begin);
      Arrays.sort(found);
      Arrays.sort(typo);
      return new Result(
          found[WORDS / 2], found[WORDS - 1], typo[WORDS / 2], typo[WORDS - 1], share);
    } finally {
      stop.set(true);
      stream.join();
    }
  }

  private void change(AtomicBoolean stop) {
    Random numbers = new Random(SEED);
    while (!stop.get()) {
      int number = numbers.nextInt(size);
      index.put(Entries.of(Entries.endless(guides, number), number));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / CHANGES_A_SECOND);
    }
  }

  private SearchEntry entry(int number, String word) {
    Guide guide = guides.getFirst();
    String title = Character.toUpperCase(word.charAt(0)) + word.substring(1) + " verstehen";
    Guide.Text text = new Guide.Text(title, guide.text().description(), List.of(), "");
    return Entries.of(new Guide("new", "de", guide.category(), text), number);
  }

  private String newWord() {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
          .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.append('n').toString();
  }

  private long millisUntilFound(String query, long since) throws InterruptedException {
    while (GateRun.ask(index, query).total() == 0) {
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
        throw new IllegalStateException(query + " is not found");
      }
      Thread.sleep(10);
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }

  /** What the index's own thread has taken of the processor. */
  private static long upkeepNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals("search-refresh")) {
        nanos += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return nanos;
  }
}
