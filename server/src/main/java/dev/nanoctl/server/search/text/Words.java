package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into words.
 *
 * <p>Letters and digits make words. {@code WebDAV-Server} and {@code LibreOffice} are found whole
 * and in their pieces; {@code bericht_2024.xlsx} in its pieces; {@code Schüler:innen} and {@code
 * Schüler*innen} count as {@code Schülerinnen}; {@code C++} and {@code C#} are words; an English
 * {@code 's} is left out.
 */
final class Words {
  /** Nobody means a longer word; what is longer is cut, so that noise cannot fill an index. */
  private static final int LONGEST = 64;

  /** What can stand behind a word and have nothing to do with it. */
  private static final String ENDS = " \n\t\r.,;!?()[]\"„“”«»–…/";

  private final String text;
  private final List<Word> words = new ArrayList<>();

  private Words(String text) {
    this.text = text;
  }

  /** The words of a text in NFC, in order; a joined word stands before its pieces. */
  static List<Word> of(String text) {
    Words cutter = new Words(text);
    int at = 0;
    while (at < text.length()) {
      at = cutter.next(at);
    }
    return cutter.words;
  }

  private int next(int at) {
    if (!inWord(at)) {
      return at + 1;
    }
    int plain = plainEnd(at);
    if (plain > at) {
      words.add(new Word(shorten(text.substring(at, plain)), at, plain, false));
      return plain;
    }
    List<List<int[]>> components = new ArrayList<>(2);
    int end = component(at, components);
    while (end + 1 < text.length() && isHyphen(text.charAt(end)) && inWord(end + 1)) {
      end = component(end + 1, components);
    }
    if (components.size() > 1) {
      join(components.stream().flatMap(List::stream).toList());
    }
    components.forEach(this::emit);
    return Math.max(end, at + 1);
  }

  /**
   * Where a word of letters ends that has no capital inside and a blank or the like after it, as
   * most words are; -1 for any other, which needs a closer look.
   */
  private int plainEnd(int at) {
    if (!Character.isLetter(text.charAt(at))) {
      return -1;
    }
    int end = at + 1;
    while (end < text.length() && isSmallLetter(text.charAt(end))) {
      end++;
    }
    return end == text.length() || ENDS.indexOf(text.charAt(end)) >= 0 ? end : -1;
  }

  private static boolean isSmallLetter(char c) {
    return Character.isLowerCase(c) && Character.isLetter(c);
  }

  /** Reads letters and digits from a place on, cut where a capital follows a small letter. */
  private int component(int from, List<List<int[]>> components) {
    List<int[]> pieces = new ArrayList<>(2);
    components.add(pieces);
    int start = from;
    int at = from;
    while (at < text.length() && (inWord(at) || isGenderMark(at))) {
      if (at > start && startsPiece(at)) {
        pieces.add(new int[] {start, at});
        start = at;
      }
      at++;
    }
    int end = at;
    while (end < text.length() && end - start <= 3 && isSuffixSign(start, end)) {
      end++;
    }
    pieces.add(new int[] {start, end});
    return skipPossessive(end);
  }

  private boolean startsPiece(int at) {
    char before = text.charAt(at - 1);
    char here = text.charAt(at);
    if (Character.isDigit(here) != Character.isDigit(before)) {
      return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(here);
    }
    if (Character.isUpperCase(here)) {
      boolean genderEnding = text.startsWith("Innen", at) && Character.isLowerCase(before);
      return (Character.isLowerCase(before) && !genderEnding)
          || (Character.isUpperCase(before) && endsCapitals(at));
    }
    return false;
  }

  /** Whether capitals give way to a new word: the S of {@code PDFSeite}. */
  private boolean endsCapitals(int at) {
    return at + 2 < text.length()
        && Character.isLowerCase(text.charAt(at + 1))
        && Character.isLowerCase(text.charAt(at + 2));
  }

  private void emit(List<int[]> pieces) {
    if (pieces.size() > 1) {
      join(pieces);
    }
    for (int[] piece : pieces) {
      words.add(new Word(shorten(clean(piece[0], piece[1])), piece[0], piece[1], false));
    }
  }

  private void join(List<int[]> pieces) {
    StringBuilder joined = new StringBuilder();
    for (int[] piece : pieces) {
      joined.append(clean(piece[0], piece[1]));
    }
    int end = pieces.getLast()[1];
    words.add(new Word(shorten(joined.toString()), pieces.getFirst()[0], end, true));
  }

  private String clean(int start, int end) {
    String word = text.substring(start, end);
    boolean marked = false;
    for (int i = 0; i < word.length() && !marked; i++) {
      char c = word.charAt(i);
      marked = c == '*' || c == ':' || c == '\u00AD' || c == '\'' || c == '’';
    }
    return marked ? word.replaceAll("[*:\u00AD'’]", "") : word;
  }

  private static String shorten(String word) {
    return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
  }

  private boolean inWord(int at) {
    char c = text.charAt(at);
    return Character.isLetterOrDigit(c)
        || (Character.isSurrogate(c) && Character.isLetterOrDigit(text.codePointAt(wholeFrom(at))))
        || Character.getType(c) == Character.NON_SPACING_MARK
        || (c == '\u00AD' && at > 0 && Character.isLetter(text.charAt(at - 1)));
  }

  private int wholeFrom(int at) {
    return Character.isLowSurrogate(text.charAt(at)) && at > 0 ? at - 1 : at;
  }

  /** The sign in {@code Schüler:innen} and {@code Schüler*innen}; an apostrophe in don't. */
  private boolean isGenderMark(int at) {
    char c = text.charAt(at);
    if (at == 0 || !Character.isLetter(text.charAt(at - 1))) {
      return false;
    }
    if (c == '*' || c == ':') {
      return text.startsWith("in", at + 1);
    }
    return (c == '\'' || c == '’') && text.startsWith("t", at + 1) && !wordAt(at + 2);
  }

  private boolean wordAt(int at) {
    return at < text.length() && inWord(at);
  }

  private boolean isSuffixSign(int start, int end) {
    char c = text.charAt(end);
    return (c == '+' || c == '#')
        && end - start >= 1
        && Character.isLetter(text.charAt(start))
        && (c == '#'
            || (end + 1 < text.length() && text.charAt(end + 1) == '+')
            || text.charAt(end - 1) == '+');
  }

  private int skipPossessive(int end) {
    boolean apostrophe =
        end + 1 < text.length() && (text.charAt(end) == '\'' || text.charAt(end) == '’');
    boolean possessive =
        apostrophe
            && (text.charAt(end + 1) == 's' || text.charAt(end + 1) == 'S')
            && !wordAt(end + 2);
    return possessive ? end + 2 : end;
  }

  private static boolean isHyphen(char c) {
    return c == '-' || c == '\u2010' || c == '\u2011';
  }
}
