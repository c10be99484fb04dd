package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes German compounds apart: {@code Serienbrief} into {@code Serien} and {@code Brief}, {@code
 * Arbeitsblatt} into {@code Arbeits} and {@code Blatt}.
 *
 * <p>A piece counts when the stem it shares with other words is known: from the texts, or from the
 * short list of everyday words that comes with the product. Stemming takes linking sounds off
 * ({@code Arbeits-}, {@code Seiten-}) and makes up for dropped ones ({@code Sprach-}). Pieces have
 * four letters or more, unless they are on that list; prefixes and function words are no pieces.
 * The way with the fewest pieces wins, then the one whose rarest piece is most common.
 */
final class Compounds {
  private static final int SHORTEST_COMPOUND = 7;
  private static final int SHORTEST_PIECE = 4;
  private static final int MOST_PIECES = 5;

  private final Stems stems;
  private final Set<String> everyday = new HashSet<>();
  private final Set<String> shortWords = new HashSet<>();
  private final Set<String> never = new HashSet<>();

  Compounds(Stems stems) {
    this.stems = stems;
    for (String word : WordList.read("everyday-words-de.txt")) {
      String folded = Folding.german(word);
      everyday.add(stems.german(folded));
      if (word.length() < SHORTEST_PIECE) {
        shortWords.add(folded);
      }
    }
    WordList.read("never-pieces-de.txt").forEach(word -> never.add(Folding.german(word)));
  }

  /** A piece of a compound: where it stands in the word, and its stem. */
  record Piece(int start, int end, String stem) {}

  /** The pieces of a lower-case word, nested ones included; empty for a simple word. */
  List<Piece> split(String word, Lexicon lexicon) {
    List<Piece> found = new ArrayList<>(4);
    if (word.length() >= SHORTEST_COMPOUND && isPlain(word)) {
      splitInto(word, 0, word.length(), lexicon, found);
    }
    return found;
  }

  private void splitInto(String word, int from, int to, Lexicon lexicon, List<Piece> found) {
    Way best = new Search(word, from, to, lexicon).best();
    if (best == null) {
      return;
    }
    for (Piece piece : best.pieces) {
      found.add(piece);
      if (piece.end - piece.start >= 2 * SHORTEST_PIECE) {
        splitInto(word, piece.start, piece.end, lexicon, found);
      }
    }
  }

  private static boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!Character.isLetter(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** One way to cut a word, as good as its rarest piece is common. */
  private record Way(List<Piece> pieces, int rarest) {
    boolean beats(@Nullable Way other) {
      if (other == null) {
        return true;
      }
      return pieces.size() != other.pieces.size()
          ? pieces.size() < other.pieces.size()
          : rarest > other.rarest;
    }
  }

  /** The best ways from each place of one word to its end. */
  private final class Search {
    private final String word;
    private final int from;
    private final int to;
    private final Lexicon lexicon;
    private final @Nullable Way[] ways;

    Search(String word, int from, int to, Lexicon lexicon) {
      this.word = word;
      this.from = from;
      this.to = to;
      this.lexicon = lexicon;
      this.ways = new Way[to - from + 1];
    }

    @Nullable Way best() {
      ways[to - from] = new Way(List.of(), Integer.MAX_VALUE);
      for (int start = to - 3; start >= from; start--) {
        ways[start - from] = bestFrom(start);
      }
      return ways[0];
    }

    private @Nullable Way bestFrom(int start) {
      Way best = null;
      for (int end = start + 3; end <= to; end++) {
        Way rest = ways[end - from];
        if (rest != null && !(start == from && end == to) && rest.pieces.size() < MOST_PIECES) {
          best = better(best, start, end, rest);
          if (servesTwo(end)) {
            best = better(best, start, end + 1, rest);
          }
        }
      }
      return best;
    }

    /** The better of what is known and a piece from start to end, followed by the rest. */
    private @Nullable Way better(@Nullable Way best, int start, int end, Way rest) {
      if (best != null && best.pieces.size() < rest.pieces.size() + 1) {
        return best;
      }
      String piece = word.substring(start, end);
      String stem = stemOf(piece, end == to);
      int count = stem.isEmpty() ? 0 : count(stem);
      if (count == 0) {
        return best;
      }
      List<Piece> pieces = new ArrayList<>(rest.pieces.size() + 1);
      pieces.add(new Piece(start, end, stem));
      pieces.addAll(rest.pieces);
      Way way = new Way(pieces, Math.min(count, rest.rarest));
      return way.beats(best) ? way : best;
    }

    /** Whether the letter there serves two pieces, as the f of Schiffahrt once did. */
    private boolean servesTwo(int at) {
      return at < to && word.charAt(at) == word.charAt(at - 1) && isConsonant(word.charAt(at));
    }

    private int count(String stem) {
      int known = lexicon.count(stem);
      return everyday.contains(stem) ? known + 3 : known;
    }

    private String stemOf(String piece, boolean last) {
      String folded = Folding.german(piece);
      if (never.contains(folded)) {
        return "";
      }
      if (piece.length() < SHORTEST_PIECE) {
        return shortWords.contains(folded) ? stems.german(folded) : "";
      }
      String stem = stems.german(folded);
      if (stem.length() < 3 || count(stem) > 0 || last || !folded.endsWith("s")) {
        return stem.length() < 3 ? "" : stem;
      }
      return stems.german(folded.substring(0, folded.length() - 1));
    }
  }

  private static boolean isConsonant(char c) {
    return "aeiouyäöü".indexOf(c) < 0 && Character.isLetter(c);
  }
}
