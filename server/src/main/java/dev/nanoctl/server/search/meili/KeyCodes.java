package dev.nanoctl.server.search.meili;

import dev.nanoctl.server.search.weigh.TitleKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what a text weighs into short strings that documents carry, and reads single keys out of
 * them without taking the rest apart.
 */
final class KeyCodes {
  /** In the order of their characters, so that strings sort like numbers. */
  private static final String DIGITS =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

  private static final int KEY = 5;
  private static final int WEIGHT = 2;
  private static final int STEM = 4;
  private static final int BITS = 6;

  private KeyCodes() {}

  private static String digits(int value, int count) {
    char[] digits = new char[count];
    int rest = value;
    for (int i = count - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt(rest & 63);
      rest >>>= BITS;
    }
    return new String(digits);
  }

  /** Five characters that stand for a key; keys seldom share them. */
  static String key(String key) {
    int hash = TitleKeys.key(key);
    return digits(hash ^ hash >>> 30, KEY);
  }

  /** Four characters that stand for a stem in its place. */
  static String stem(String stem) {
    int hash = TitleKeys.key(stem);
    return digits(hash ^ hash >>> 24, STEM);
  }

  /** Keys with what each weighs, from 1 to 4095. */
  static String weights(Map<String, Integer> keys) {
    List<String> coded = new ArrayList<>(keys.size());
    keys.forEach((key, weight) -> coded.add(key(key) + digits(weight, WEIGHT)));
    coded.sort(null);
    return String.join("", coded);
  }

  /** What a coded key weighs in there; 0 if it is not there. */
  static int weight(String weights, String key) {
    int low = 0;
    int high = weights.length() / (KEY + WEIGHT);
    while (low < high) {
      int middle = (low + high) >>> 1;
      int at = middle * (KEY + WEIGHT);
      int order = compare(weights, at, key);
      if (order == 0) {
        return DIGITS.indexOf(weights.charAt(at + KEY)) << BITS
            | DIGITS.indexOf(weights.charAt(at + KEY + 1));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 0;
  }

  private static int compare(String weights, int at, String key) {
    for (int i = 0; i < KEY; i++) {
      int difference = weights.charAt(at + i) - key.charAt(i);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Stems in reading order. */
  static String order(List<String> stems) {
    StringBuilder order = new StringBuilder(stems.size() * STEM);
    stems.forEach(stem -> order.append(stem(stem)));
    return order.toString();
  }

  /**
   * Whether one of the first coded stems stands near one of the second.
   *
   * @param slop how many words may stand between them; two fewer when they are the other way round
   */
  static boolean areNear(String order, Set<String> first, Set<String> second, int slop) {
    int words = order.length() / STEM;
    int lastFirst = Integer.MIN_VALUE / 2;
    int lastSecond = Integer.MIN_VALUE / 2;
    for (int word = 0; word < words; word++) {
      String stem = order.substring(word * STEM, word * STEM + STEM);
      if (second.contains(stem)) {
        if (word - lastFirst - 1 <= slop) {
          return true;
        }
        lastSecond = word;
      }
      if (first.contains(stem)) {
        if (word - lastSecond + 1 <= slop) {
          return true;
        }
        lastFirst = word;
      }
    }
    return false;
  }
}
