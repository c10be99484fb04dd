package dev.nanoctl.server.search.text;

import java.util.Arrays;

/**
 * How many typing errors lead from one word to others that are handed in letter by letter: a letter
 * too many, missing, wrong, or two swapped. Rows of earlier letters are kept, so that the next word
 * goes on where it differs.
 */
final class EditDistance {
  /** A word as long as that may begin with a wrong letter. */
  static final int LONG = 6;

  private static final int LONGEST = 80;

  private final char[] typed;
  private final int most;
  private final boolean beginnings;
  private final int tail;
  private final int letterSet;
  private final int[][] rows;
  private final int[] bestPrefix = new int[LONGEST + 1];
  private final char[] pushed = new char[LONGEST + 1];

  /**
   * Compares words with what was typed.
   *
   * @param most more errors than that need not be told apart
   * @param tail by how many letters a word may go on after a beginning that is near; 0 compares
   *     whole words
   */
  EditDistance(String typed, int most, int tail) {
    this.typed = typed.toCharArray();
    this.most = most;
    this.beginnings = tail > 0;
    this.tail = tail;
    this.letterSet = Vocabulary.letterSet(typed);
    this.rows = new int[LONGEST + 1][];
    int[] first = new int[this.typed.length + 1];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
    }
    rows[0] = first;
    bestPrefix[0] = first[this.typed.length];
  }

  /** The errors that lead from one word to another, or -1 when there are more than allowed. */
  static int between(String typed, String word, int most) {
    EditDistance distance = new EditDistance(typed, most, 0);
    for (int i = 0; i < word.length(); i++) {
      if (!distance.push(i, word.charAt(i))) {
        return -1;
      }
    }
    return distance.result(word.length());
  }

  /**
   * Whether a word of that length with those letters can be near at all. The first letter is seldom
   * wrong.
   */
  boolean isPossible(int length, int letters, char first) {
    boolean likelyFirst = first == typed[0] || (typed.length > 1 && first == typed[1]);
    if (!likelyFirst && typed.length < LONG) {
      return false;
    }
    if (beginnings) {
      return length + most >= typed.length
          && length - tail <= typed.length + most
          && Integer.bitCount(letterSet & ~letters) <= most;
    }
    // one error changes the set of letters by two at most
    return Math.abs(length - typed.length) <= most
        && Integer.bitCount(letterSet ^ letters) <= 2 * most;
  }

  /** Takes the letter at that place of a word; whether the word can still be near. */
  boolean push(int at, char letter) {
    if (at >= LONGEST) {
      return false;
    }
    if (beginnings && at >= typed.length + most) {
      bestPrefix[at + 1] = bestPrefix[at];
      return bestPrefix[at] <= most;
    }
    pushed[at] = letter;
    int[] above = rows[at];
    int[] row = rows[at + 1];
    if (row == null) {
      row = new int[typed.length + 1];
      rows[at + 1] = row;
    }
    int least = fill(row, above, at, letter);
    bestPrefix[at + 1] = Math.min(bestPrefix[at], row[typed.length]);
    return least <= most || (beginnings && bestPrefix[at + 1] <= most);
  }

  private int fill(int[] row, int[] above, int at, char letter) {
    row[0] = at + 1;
    int from = Math.max(1, at + 1 - most);
    int to = Math.min(typed.length, at + 1 + most);
    if (from > typed.length) {
      Arrays.fill(row, 1, row.length, most + 1);
      return most + 1;
    }
    if (from > 1) {
      row[from - 1] = most + 1;
    }
    int least = row[0];
    for (int i = from; i <= to; i++) {
      int changed = above[i - 1] + (typed[i - 1] == letter ? 0 : 1);
      int extra = i < at + 1 + most ? above[i] + 1 : most + 1;
      int value = Math.min(changed, Math.min(extra, row[i - 1] + 1));
      if (at > 0 && i > 1 && typed[i - 1] == pushed[at - 1] && typed[i - 2] == letter) {
        value = Math.min(value, rows[at - 1][i - 2] + 1);
      }
      row[i] = value;
      least = Math.min(least, value);
    }
    for (int i = to + 1; i <= typed.length; i++) {
      row[i] = most + 1;
    }
    return least;
  }

  /** The errors in a word of that length, or -1 when there are too many. */
  int result(int length) {
    if (length > LONGEST) {
      return -1;
    }
    int errors = beginnings ? bestPrefix[length] : rows[length][typed.length];
    return errors <= most ? errors : -1;
  }
}
