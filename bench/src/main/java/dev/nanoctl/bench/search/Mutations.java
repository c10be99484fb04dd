package dev.nanoctl.bench.search;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What people do to words when they type them. */
final class Mutations {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  private Mutations() {}

  static String withE(String word) {
    return word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss");
  }

  static String withoutDots(String word) {
    return word.replace('ä', 'a').replace('ö', 'o').replace('ü', 'u').replace("ß", "ss");
  }

  /** One letter missing, doubled, wrong, or swapped with its neighbour; never the first. */
  static String misspelt(String word, Random random) {
    int at = 1 + random.nextInt(word.length() - 2);
    String misspelt =
        switch (random.nextInt(4)) {
          case 0 -> word.substring(0, at) + word.substring(at + 1);
          case 1 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
          case 2 ->
              word.substring(0, at)
                  + LETTERS.charAt(random.nextInt(LETTERS.length()))
                  + word.substring(at + 1);
          default ->
              word.substring(0, at)
                  + word.charAt(at + 1)
                  + word.charAt(at)
                  + word.substring(at + 2);
        };
    return misspelt.equals(word) ? misspelt(word, random) : misspelt;
  }

  /** Another form of a German word, by its ending. */
  static String inflected(String word, Random random) {
    boolean first = random.nextBoolean();
    if (word.endsWith("en")) {
      return first || word.length() < 7 ? cut(word, 1) : cut(word, 2);
    }
    if (word.endsWith("e")) {
      return first ? word + "n" : cut(word, 1);
    }
    if (word.endsWith("er") || word.endsWith("el")) {
      return word + (first ? "n" : "s");
    }
    if (word.endsWith("ung") || word.endsWith("ion") || word.endsWith("eit")) {
      return word + "en";
    }
    if ("sxzß".indexOf(word.charAt(word.length() - 1)) >= 0) {
      return word + (first ? "es" : "e");
    }
    if ("aiouy".indexOf(word.charAt(word.length() - 1)) >= 0) {
      return word + "s";
    }
    return word + (first ? "e" : "en");
  }

  /** Another form of an English word. */
  static String inflectedEnglish(String word) {
    if (word.endsWith("ing") && word.length() > 6) {
      return cut(word, 3);
    }
    if (word.endsWith("s") && !word.endsWith("ss")) {
      return cut(word, 1);
    }
    return word.endsWith("s") || word.endsWith("x") ? word + "es" : word + "s";
  }

  /** A compound in two words of the corpus, if it is one: the most even way. */
  static @Nullable String split(String word, Corpus corpus) {
    String best = null;
    int unevenness = Integer.MAX_VALUE;
    for (int at = 4; at + 4 <= word.length(); at++) {
      String left = word.substring(0, at);
      String right = word.substring(at);
      String head = corpus.knows(left) ? left : unlinked(left, corpus);
      int uneven = Math.abs(word.length() - 2 * at);
      if (head != null && corpus.knows(right) && uneven < unevenness) {
        best = head + " " + right;
        unevenness = uneven;
      }
    }
    return best;
  }

  private static @Nullable String unlinked(String left, Corpus corpus) {
    for (String link : new String[] {"s", "es", "n", "en"}) {
      if (left.endsWith(link) && left.length() - link.length() >= 4) {
        String base = cut(left, link.length());
        if (corpus.knows(base)) {
          return base;
        }
      }
    }
    return corpus.knows(left + "e") ? left + "e" : null;
  }

  private static String cut(String word, int letters) {
    return word.substring(0, word.length() - letters);
  }
}
