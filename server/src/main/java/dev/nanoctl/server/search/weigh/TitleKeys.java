package dev.nanoctl.server.search.weigh;

import dev.nanoctl.server.search.text.Analysis;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a title as numbers: small enough to be read for every good hit, enough to tell how
 * much of a title a query covers. For each word: whether it says something, then its form, its stem
 * and what it is related to or made of.
 */
public final class TitleKeys {
  private static final int LOUD = 0x80;

  private TitleKeys() {}

  /** A word of a title. */
  static final class TitleWord {
    private final boolean loud;
    private final int form;
    private final int stem;
    private final int[] related;

    private TitleWord(boolean loud, int form, int stem, int[] related) {
      this.loud = loud;
      this.form = form;
      this.stem = stem;
      this.related = related;
    }

    /** Whether it says something. */
    boolean loud() {
      return loud;
    }

    int form() {
      return form;
    }

    int stem() {
      return stem;
    }

    /** Whether it is related to that stem, or made of it. */
    boolean isRelatedTo(int key) {
      for (int one : related) {
        if (one == key) {
          return true;
        }
      }
      return false;
    }
  }

  /** A number that stands for a word; words seldom share one. */
  public static int key(String text) {
    int hash = 0x811c9dc5;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x01000193;
    }
    return hash;
  }

  static byte[] write(List<Analysis> words, List<Boolean> loud) {
    int size = 0;
    for (Analysis word : words) {
      size += 1 + 4 * (2 + related(word).size());
    }
    byte[] bytes = new byte[size];
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      Analysis word = words.get(i);
      List<String> related = related(word);
      bytes[at++] = (byte) ((loud.get(i) ? LOUD : 0) | related.size());
      at = put(bytes, at, key(word.form()));
      at = put(bytes, at, key(word.stem()));
      for (String one : related) {
        at = put(bytes, at, key(one));
      }
    }
    return bytes;
  }

  static List<TitleWord> read(byte[] bytes, int offset, int length) {
    List<TitleWord> words = new ArrayList<>(8);
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int head = bytes[at++];
      int[] related = new int[head & 0x7f];
      int form = get(bytes, at);
      int stem = get(bytes, at + 4);
      at += 8;
      for (int i = 0; i < related.length; i++, at += 4) {
        related[i] = get(bytes, at);
      }
      words.add(new TitleWord((head & LOUD) != 0, form, stem, related));
    }
    return words;
  }

  private static List<String> related(Analysis word) {
    List<String> related = new ArrayList<>(word.others());
    word.pieces().forEach(piece -> related.add(piece.stem()));
    return related.size() > 0x7f ? related.subList(0, 0x7f) : related;
  }

  private static int put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
    return at + 4;
  }

  private static int get(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
