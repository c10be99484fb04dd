package dev.nanoctl.server.search.text;

import java.util.ArrayList;
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
  public static final Vocabulary EMPTY = new Builder().build();

  private final char[] letters;
  private final int[] starts;
  private final int[] counts;
  private final byte[] shared;
  private final int[] letterSets;
  private final StemCounts stemCounts;

  private Vocabulary(SortedMap<String, Integer> words, StemCounts stemCounts) {
    this.stemCounts = stemCounts;
    int size = words.size();
    starts = new int[size + 1];
    counts = new int[size];
    shared = new byte[size];
    letterSets = new int[size];
    StringBuilder blob = new StringBuilder(size * 10);
    String before = "";
    int i = 0;
    for (Map.Entry<String, Integer> word : words.entrySet()) {
      starts[i] = blob.length();
      counts[i] = word.getValue();
      shared[i] = (byte) commonPrefix(before, word.getKey());
      letterSets[i] = letterSet(word.getKey());
      blob.append(word.getKey());
      before = word.getKey();
      i++;
    }
    starts[size] = blob.length();
    letters = new char[blob.length()];
    blob.getChars(0, blob.length(), letters, 0);
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
    int at = search(form);
    return at < counts.length && word(at).equals(form) ? counts[at] : 0;
  }

  /**
   * The known words that one or more typing errors lead to, the nearest and then the most common
   * first.
   */
  public List<Near> near(String form, int errors, int limit) {
    List<Near> found = new ArrayList<>();
    EditDistance walk = new EditDistance(form, errors, false);
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
      EditDistance walk = new EditDistance(beginning, errors, true);
      walk(
          walk,
          (at, distance) -> {
            if (likely(beginning, at, distance)) {
              found.add(new Near(word(at), distance, counts[at]));
            }
          });
    }
    return best(found, limit);
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

  private static int commonPrefix(String a, String b) {
    int most = Math.min(Math.min(a.length(), b.length()), Byte.MAX_VALUE);
    int i = 0;
    while (i < most && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /** Gathers words for a vocabulary. For one thread. */
  public static final class Builder {
    private final TreeMap<String, Integer> words = new TreeMap<>();
    private final Stems stems = new Stems();

    /** Adds a folded word that so many more documents hold. */
    public void add(String form, int documents) {
      words.merge(form, documents, Integer::sum);
    }

    /** The vocabulary of all words added. */
    public Vocabulary build() {
      StemCounts stemCounts = new StemCounts(words.size());
      words.forEach((form, documents) -> stemCounts.add(stems.german(form), documents));
      return new Vocabulary(words, stemCounts);
    }
  }
}
