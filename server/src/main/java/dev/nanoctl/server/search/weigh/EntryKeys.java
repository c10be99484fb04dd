package dev.nanoctl.server.search.weigh;

import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.text.Analysis;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What an entry is found by: its words as the analysis reads them, with what each weighs. */
public final class EntryKeys {
  /** Marks a stem among the keys. */
  public static final char STEM = 's';

  /** Marks a stem that a word is related to, or made of. */
  public static final char RELATED = 'p';

  /** Marks a folded form. */
  public static final char EXACT = 'x';

  /** The most a key weighs. */
  public static final int HEAVIEST = 4_000;

  /** How much a word weighs by where it stands; one in the body must still be halved for pieces. */
  private static final int TITLE = 24;

  private static final int TAG = 10;
  private static final int HEADING = 6;
  private static final int DESCRIPTION = 4;
  private static final int BODY = 2;
  private static final int LONGEST_BODY = 100_000;

  private final GermanText text;
  private final Language language;
  private final Map<String, Integer> keys = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Set<String> words = new HashSet<>();
  private final Set<String> forms = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Analysis> seen = new HashMap<>();

  private EntryKeys(GermanText text, Language language) {
    this.text = text;
    this.language = language;
  }

  /** The keys of an entry, by this analysis. */
  public static EntryKeys of(SearchEntry entry, GermanText text) {
    EntryKeys all = new EntryKeys(text, Language.of(entry.traits().language()));
    SearchEntry.Texts texts = entry.texts();
    all.add(texts.title(), TITLE, true);
    texts.tags().forEach(tag -> all.add(tag, TAG, true));
    all.add(texts.headings(), HEADING, false);
    all.add(texts.description(), DESCRIPTION, false);
    String body = texts.body();
    all.add(body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) : body, BODY, false);
    return all;
  }

  /** Hands every word of an entry to someone, folded and as written. */
  public static void words(SearchEntry entry, BiConsumer<String, String> listener) {
    Language language = Language.of(entry.traits().language());
    SearchEntry.Texts texts = entry.texts();
    String all =
        String.join(
            "\n",
            texts.title(),
            String.join("\n", texts.tags()),
            texts.headings(),
            texts.description(),
            texts.body());
    Set<String> seen = new HashSet<>();
    for (Word word : GermanText.words(GermanText.normalise(all))) {
      if (seen.add(word.text())) {
        listener.accept(
            GermanText.fold(word.text().toLowerCase(Locale.ROOT), language), word.text());
      }
    }
  }

  private void add(String raw, int weight, boolean name) {
    for (Word word : GermanText.words(GermanText.normalise(raw))) {
      Analysis analysis =
          seen.computeIfAbsent(word.text(), written -> text.analyse(written, language));
      weigh(EXACT, analysis.form(), weight);
      weigh(STEM, analysis.stem(), weight);
      analysis.others().forEach(other -> weigh(RELATED, other, weight / 2));
      analysis.pieces().forEach(piece -> weigh(RELATED, piece.stem(), weight / 2));
      words.add(analysis.form() + ' ' + word.text());
      forms.add(analysis.form());
      if (name) {
        names.add(analysis.form());
      }
      if (!word.joins()) {
        order.add(analysis.stem());
      }
    }
  }

  private void weigh(char kind, String key, int weight) {
    keys.merge(kind + key, weight, (a, b) -> Math.min(a + b, HEAVIEST));
  }

  /** Every key, its kind first, and what it weighs, 1 to {@link #HEAVIEST}. */
  public Map<String, Integer> keys() {
    return keys;
  }

  /** The stems in reading order. */
  public List<String> order() {
    return order;
  }

  /** Every word: its folded form, a blank, and how it is written. */
  public Set<String> words() {
    return words;
  }

  /** Every word, folded. */
  public Set<String> forms() {
    return forms;
  }

  /** The folded words of title and tags, for suggestions. */
  public Set<String> names() {
    return names;
  }

  /** What {@link TitleRanking} reads: the words of a title, by this analysis. */
  public static byte[] title(SearchEntry entry, GermanText text) {
    Language language = Language.of(entry.traits().language());
    List<Analysis> words = new ArrayList<>();
    List<Boolean> loud = new ArrayList<>();
    for (Word word : GermanText.words(GermanText.normalise(entry.texts().title()))) {
      words.add(text.analyse(word.text(), language));
      loud.add(!word.joins() && !text.isStopWord(word.text()));
    }
    return TitleKeys.write(words, loud);
  }
}
