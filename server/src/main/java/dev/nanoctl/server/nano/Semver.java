package dev.nanoctl.server.nano;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version number as semver.org 2.0.0 defines it, without build metadata (which has no order).
 *
 * @param core the three numbers, as text
 * @param preRelease what follows the hyphen, or empty
 */
public record Semver(String core, String preRelease) implements Comparable<Semver> {
  private static final int LONGEST = 64;
  private static final String NUMBER = "(?:0|[1-9]\\d{0,8})";
  private static final String PART = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern SHAPE =
      Pattern.compile(
          "(%s\\.%s\\.%s)(?:-(%s(?:\\.%s)*))?".formatted(NUMBER, NUMBER, NUMBER, PART, PART));

  /** The version written like this, or nothing when it is none. */
  public static Optional<Semver> of(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (text.length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    String pre = matcher.group(2);
    return Optional.of(new Semver(matcher.group(1), pre == null ? "" : pre));
  }

  /** The next version when only the patch number grows; a pre-release becomes its release. */
  public Semver nextPatch() {
    if (!preRelease.isEmpty()) {
      return new Semver(core, "");
    }
    int dot = core.lastIndexOf('.') + 1;
    return new Semver(core.substring(0, dot) + (Long.parseLong(core.substring(dot)) + 1), "");
  }

  @Override
  public int compareTo(Semver other) {
    int byCore = compareParts(core, other.core);
    if (byCore != 0) {
      return byCore;
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    return compareParts(preRelease, other.preRelease);
  }

  private static int compareParts(String left, String right) {
    String[] ours = left.split("\\.", -1);
    String[] theirs = right.split("\\.", -1);
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      int order = comparePart(ours[i], theirs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.length, theirs.length);
  }

  private static int comparePart(String left, String right) {
    boolean leftNumber = left.chars().allMatch(Character::isDigit);
    boolean rightNumber = right.chars().allMatch(Character::isDigit);
    if (leftNumber && rightNumber) {
      int byLength = Integer.compare(left.length(), right.length());
      return byLength != 0 ? byLength : left.compareTo(right);
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(rightNumber, leftNumber);
  }

  @Override
  public String toString() {
    return preRelease.isEmpty() ? core : core + "-" + preRelease;
  }
}
