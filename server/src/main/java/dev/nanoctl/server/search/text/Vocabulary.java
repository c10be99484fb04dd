package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The words of a corpus, held compactly: whether a word or a stem is known, and which known words
 * are a typing error or a few letters away. Immutable.
 */
public final class Vocabulary implements Lexicon {
  /** A vocabulary without words. */
  public static final Vocabulary EMPTY = new Vocabulary(0, 0, new StemCounts(0));

  /** What an inflection adds to a stem at most: {@code -innen}. */
  private static final int LONGEST_ENDING = 5;

  private final char[] letters;
  private final int[] starts;
  private final int[] counts;
  private final byte[] shared;
  private final int[] letterSets;
  private final StemCounts stemCounts;

  /** Room for that many words of that many letters together, to be filled in order. */
  private Vocabulary(int size, int letterCount, StemCounts stemCounts) {
    this.stemCounts = stemCounts;
    starts = new int[size + 1];
    counts = new int[size];
    shared = new byte[size];
    letterSets = new int[size];
    letters = new char[letterCount];
  }

  /**
   * These words and some more; costs about as much as copying them.
   *
   * @param more folded words, and in how many more documents each of them occurs
   */
  public Vocabulary plus(Map<String, Integer> more) {
    SortedMap<String, Integer> fresh = new TreeMap<>();
    int length = letters.length;
    for (Map.Entry<String, Integer> word : more.entrySet()) {
      if (find(word.getKey()) < 0) {
        fresh.put(word.getKey(), word.getValue());
        length += word.getKey().length();
      }
    }
    StemCounts stemsOfAll = stemCounts.withRoomFor(more.size());
    Stems stems = new Stems();
    more.forEach((form, documents) -> stemsOfAll.add(stems.german(form), documents));
    Vocabulary all = new Vocabulary(counts.length + fresh.size(), length, stemsOfAll);
    int from = 0;
    int to = 0;
    for (Map.Entry<String, Integer> word : fresh.entrySet()) {
      int until = search(word.getKey());
      to = all.copy(this, from, until, to);
      from = until;
      all.append(to++, word.getKey(), word.getValue());
    }
    all.copy(this, from, counts.length, to);
    more.forEach((form, documents) -> {
      if (!fresh.containsKey(form)) {
        all.counts[all.find(form)] += documents;
      }
    });
    return all;
  }

  /** Takes words over from another vocabulary; the place after them. */
  private int copy(Vocabulary other, int from, int until, int to) {
    int size = until - from;
    if (size == 0) {
      return to;
    }
    int start = starts[to];
    int otherStart = other.starts[from];
    System.arraycopy(other.letters, otherStart, letters, start, other.starts[until] - otherStart);
    System.arraycopy(other.counts, from, counts, to, size);
    System.arraycopy(other.shared, from, shared, to, size);
    System.arraycopy(other.letterSets, from, letterSets, to, size);
    for (int i = 1; i <= size; i++) {
      starts[to + i] = other.starts[from + i] - otherStart + start;
    }
    shared[to] = commonPrefix(to);
    return to + size;
  }

  private void append(int at, String word, int count) {
    int start = starts[at];
    word.getChars(0, word.length(), letters, start);
    starts[at + 1] = start + word.length();
    counts[at] = count;
    letterSets[at] = letterSet(word);
    shared[at] = commonPrefix(at);
  }

  /** A known word near what was typed. */
  public record Near(String form, int distance, int count) {}

  @Override
  public int count(String stem) {
    return stemCounts.get(stem);
  }

  /** How many words are known. */
  public int size() {
    return counts.length;
  }

  /** In about how many documents a folded word occurs. */
  public int countOf(String form) {
    int at = find(form);
    return at < 0 ? 0 : counts[at];
  }

  /** Where a word stands, or -1. */
  private int find(String form) {
    int at = search(form);
    return at < counts.length && compare(at, form) == 0 ? at : -1;
  }

  /**
   * The known words that one or more typing errors lead to, the nearest and then the most common
   * first.
   */
  public List<Near> near(String form, int errors, int limit) {
    List<Near> found = new ArrayList<>();
    EditDistance walk = new EditDistance(form, errors, 0);
    walk(
        walk,
        (at, distance) -> {
          if (distance > 0 && likely(form, at, distance)) {
            found.add(new Near(word(at), distance, counts[at]));
          }
        });
    return best(found, limit);
  }

  /** The known words that begin like what was typed, up to so many errors in the beginning. */
  public List<Near> completions(String beginning, int errors, int limit) {
    List<Near> found = new ArrayList<>();
    if (errors == 0) {
      for (int at = search(beginning); at < counts.length && startsWith(at, beginning); at++) {
        found.add(new Near(word(at), 0, counts[at]));
      }
    } else {
      addBeginning(beginning, errors, Integer.MAX_VALUE, found);
    }
    return best(found, limit);
  }

  /** The known words that begin like a stem, up to so many errors, and end within an inflection. */
  public List<Near> inflections(String stem, int errors, int limit) {
    List<Near> found = new ArrayList<>();
    addBeginning(stem, errors, LONGEST_ENDING, found);
    return best(found, limit);
  }

  private void addBeginning(String typed, int errors, int tail, List<Near> found) {
    EditDistance walk = new EditDistance(typed, errors, tail);
    walk(
        walk,
        (at, distance) -> {
          if (likely(typed, at, distance)) {
            found.add(new Near(word(at), distance, counts[at]));
          }
        });
  }

  private static List<Near> best(List<Near> found, int limit) {
    found.sort((a, b) ->
        a.distance != b.distance
            ? Integer.compare(a.distance, b.distance)
            : Integer.compare(b.count, a.count));
    return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
  }

  /**
   * People seldom get the first letter wrong: it may be swapped with the second, or be the one
   * error of a long word.
   */
  private boolean likely(String typed, int at, int distance) {
    int start = starts[at];
    char first = letters[start];
    if (first == typed.charAt(0)) {
      return true;
    }
    boolean swapped =
        starts[at + 1] > start + 1
            && letters[start + 1] == typed.charAt(0)
            && typed.length() > 1
            && first == typed.charAt(1);
    return swapped || (distance == 1 && typed.length() >= EditDistance.LONG);
  }

  private interface Visitor {
    void visit(int at, int distance);
  }

  /**
   * Walks the sorted words as a tree: what two neighbours begin with alike is compared once. Words
   * of another length or with too many other letters are not compared at all.
   */
  private void walk(EditDistance distance, Visitor visitor) {
    int depth = 0;
    int dead = Integer.MAX_VALUE;
    for (int at = 0; at < counts.length; at++) {
      int common = shared[at];
      if (common >= dead) {
        continue;
      }
      dead = Integer.MAX_VALUE;
      depth = Math.min(depth, common);
      int start = starts[at];
      int length = starts[at + 1] - start;
      if (!distance.isPossible(length, letterSets[at], letters[start])) {
        continue;
      }
      while (depth < length) {
        boolean alive = distance.push(depth, letters[start + depth]);
        depth++;
        if (!alive) {
          dead = depth;
          break;
        }
      }
      int result = dead == Integer.MAX_VALUE ? distance.result(length) : -1;
      if (result >= 0) {
        visitor.visit(at, result);
      }
    }
  }

  /** Which letters a word has, as bits; some letters share a bit. */
  static int letterSet(String word) {
    int set = 0;
    for (int i = 0; i < word.length(); i++) {
      set |= 1 << (word.charAt(i) & 31);
    }
    return set;
  }

  private int search(String form) {
    int low = 0;
    int high = counts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(middle, form) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int compare(int at, String form) {
    int start = starts[at];
    int length = starts[at + 1] - start;
    for (int i = 0; i < Math.min(length, form.length()); i++) {
      int difference = letters[start + i] - form.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return length - form.length();
  }

  private boolean startsWith(int at, String beginning) {
    int start = starts[at];
    if (starts[at + 1] - start < beginning.length()) {
      return false;
    }
    for (int i = 0; i < beginning.length(); i++) {
      if (letters[start + i] != beginning.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String word(int at) {
    return new String(letters, starts[at], starts[at + 1] - starts[at]);
  }

  /** With how many letters the word there and the one before it begin alike. */
  private byte commonPrefix(int at) {
    if (at == 0) {
      return 0;
    }
    int before = starts[at - 1];
    int start = starts[at];
    int most = Math.min(Math.min(start - before, starts[at + 1] - start), Byte.MAX_VALUE);
    int i = 0;
    while (i < most && letters[before + i] == letters[start + i]) {
      i++;
    }
    return (byte) i;
  }

  /** Gathers words for a vocabulary. For one thread. */
  public static final class Builder {
    private final Map<String, Integer> words = new HashMap<>();

    /** Adds a folded word that so many more documents hold. */
    public void add(String form, int documents) {
      words.merge(form, documents, Integer::sum);
    }

    /** The vocabulary of all words added. */
    public Vocabulary build() {
      return EMPTY.plus(words);
    }
  }
}
