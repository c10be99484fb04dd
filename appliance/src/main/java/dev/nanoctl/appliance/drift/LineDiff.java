package dev.nanoctl.appliance.drift;

import java.util.ArrayList;
import java.util.List;

/** Finds what changed between two texts, line by line, with the fewest lines touched. */
final class LineDiff {
  private final List<String> before;
  private final List<String> after;
  private final int[][] common;

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    this.common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
  }

  /** What turns one text into the other, from top to bottom. */
  static List<Hunk> of(String before, String after) {
    return new LineDiff(before.lines().toList(), after.lines().toList()).hunks();
  }

  private List<Hunk> hunks() {
    var hunks = new ArrayList<Hunk>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (same(i, j)) {
        i++;
        j++;
        continue;
      }
      int fromBefore = i;
      int fromAfter = j;
      while ((i < before.size() || j < after.size()) && !same(i, j)) {
        boolean added =
            i == before.size() || (j < after.size() && common[i][j + 1] >= common[i + 1][j]);
        i += added ? 0 : 1;
        j += added ? 1 : 0;
      }
      hunks.add(
          new Hunk(
              fromBefore + 1,
              List.copyOf(before.subList(fromBefore, i)),
              after.subList(fromAfter, j)));
    }
    return hunks;
  }

  private boolean same(int i, int j) {
    return i < before.size() && j < after.size() && before.get(i).equals(after.get(j));
  }
}
