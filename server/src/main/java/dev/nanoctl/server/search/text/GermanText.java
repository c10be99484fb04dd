package dev.nanoctl.server.search.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The analysis every search engine of the product is fed with, so that engines differ in speed and
 * not in what they find. It is safe for use by many threads.
 */
public final class GermanText {
  /** Changes whenever the same text may be analysed differently; an older index is then rebuilt. */
  public static final int VERSION = 1;

  private static final int REMEMBERED_WORDS = 30_000;

  private final Stems stems = new Stems();
  private final Compounds compounds = new Compounds(stems);
  private final Synonyms synonyms = new Synonyms(stems);
  private final Set<String> stopWords = new HashSet<>();
  private final Lexicon lexicon;
  private final Map<String, Analysis> german = new ConcurrentHashMap<>();
  private final Map<String, Analysis> english = new ConcurrentHashMap<>();

  /** An analysis that knows compounds by the words of this lexicon. */
  public GermanText(Lexicon lexicon) {
    this.lexicon = lexicon;
    WordList.read("stop-words.txt").forEach(word -> stopWords.add(Folding.german(word)));
  }

  /** The text in the normal form whose places {@link Word}s speak of. */
  public static String normalise(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** The words of a normalised text, in order. */
  public static List<Word> words(String text) {
    return Words.of(text);
  }

  /** The folded form of a lower-case word. */
  public static String fold(String lower, Language language) {
    return language == Language.GERMAN ? Folding.german(lower) : Folding.plain(lower);
  }

  /** What titles are sorted by: case and accents make no difference. */
  public static String sortKey(String title) {
    return Folding.plain(normalise(title.strip()).toLowerCase(Locale.ROOT));
  }

  /** What a word of a document in that language means. */
  public Analysis analyse(String word, Language language) {
    String lower = word.toLowerCase(Locale.ROOT);
    return switch (language) {
      case GERMAN -> remembered(german, lower, this::analyseGerman);
      case ENGLISH -> remembered(english, lower, this::analyseEnglish);
      case OTHER -> {
        String folded = Folding.plain(lower);
        yield new Analysis(folded, folded, List.of(), List.of());
      }
    };
  }

  /** Whether a word says little about what is meant. */
  public boolean isStopWord(String word) {
    return stopWords.contains(Folding.german(word.toLowerCase(Locale.ROOT)));
  }

  /** Stems that mean the same as this one, itself among them. */
  Set<String> synonyms(String stem) {
    return synonyms.of(stem);
  }

  /** Forgets what was learnt about words, because the lexicon has become another. */
  public void lexiconChanged() {
    german.clear();
  }

  private static Analysis remembered(
      Map<String, Analysis> memory, String lower, Function<String, Analysis> analysis) {
    Analysis known = memory.get(lower);
    if (known == null) {
      known = analysis.apply(lower);
      if (memory.size() >= REMEMBERED_WORDS) {
        memory.clear();
      }
      memory.put(lower, known);
    }
    return known;
  }

  private Analysis analyseEnglish(String lower) {
    String folded = Folding.plain(lower);
    return new Analysis(folded, stems.english(folded), List.of(), List.of());
  }

  private Analysis analyseGerman(String lower) {
    String form = Folding.german(lower);
    String stem = stems.german(form);
    List<String> others = new ArrayList<>(2);
    for (String base : Relatives.of(Folding.plain(lower))) {
      String other = stems.german(Folding.german(base));
      if (!other.equals(stem) && !others.contains(other)) {
        others.add(other);
      }
    }
    List<Analysis.Piece> pieces = new ArrayList<>(4);
    for (Compounds.Piece piece : compounds.split(lower, lexicon)) {
      pieces.add(new Analysis.Piece(piece.stem(), piece.start(), piece.end()));
    }
    return new Analysis(form, stem, List.copyOf(others), List.copyOf(pieces));
  }
}
