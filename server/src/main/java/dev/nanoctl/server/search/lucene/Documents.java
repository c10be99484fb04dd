package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.text.Analysis;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.text.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** Makes the documents of an index out of entries. */
final class Documents {
  /** How much a word weighs by where it stands; one in the body must still be halved for pieces. */
  private static final int TITLE = 24;

  private static final int TAG = 10;
  private static final int HEADING = 6;
  private static final int DESCRIPTION = 4;
  private static final int BODY = 2;
  private static final int HEAVIEST = 4_000;
  private static final int LONGEST_BODY = 100_000;

  private static final FieldType WEIGHTED = type(IndexOptions.DOCS_AND_FREQS, false);
  private static final FieldType ORDERED = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, true);
  private static final FieldType LISTED = type(IndexOptions.DOCS, true);

  private final GermanText text;

  Documents(GermanText text) {
    this.text = text;
  }

  /**
   * What was made of an entry.
   *
   * @param forms its words, folded
   */
  record Made(Document document, Set<String> forms) {}

  Made of(SearchEntry entry) {
    Gathered gathered = new Gathered(Language.of(entry.traits().language()));
    SearchEntry.Texts texts = entry.texts();
    gathered.add(texts.title(), TITLE, true);
    texts.tags().forEach(tag -> gathered.add(tag, TAG, true));
    gathered.add(texts.headings(), HEADING, false);
    gathered.add(texts.description(), DESCRIPTION, false);
    String body = texts.body();
    gathered.add(
        body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) : body, BODY, false);
    Document document = new Document();
    document.add(new StringField(Fields.ID, idTerm(entry.id()), Field.Store.NO));
    document.add(new Field(Fields.KEYS, new KeyStream(gathered.keys), WEIGHTED));
    add(document, Fields.ORDER, gathered.order, ORDERED);
    add(document, Fields.WORDS, gathered.words, LISTED);
    add(document, Fields.NAMES, gathered.names, LISTED);
    document.add(new BinaryDocValuesField(Fields.TITLE_KEYS, titleKeys(entry, gathered.language)));
    document.add(new BinaryDocValuesField(Fields.HIT, HitData.write(entry)));
    addTraits(document, entry);
    return new Made(document, gathered.forms);
  }

  /** Hands every word of an entry to someone, folded and as written. */
  void words(SearchEntry entry, BiConsumer<String, String> listener) {
    Gathered gathered = new Gathered(Language.of(entry.traits().language()));
    SearchEntry.Texts texts = entry.texts();
    String all =
        String.join(
            "\n",
            texts.title(),
            String.join("\n", texts.tags()),
            texts.headings(),
            texts.description(),
            texts.body());
    gathered.addWords(all);
    for (String word : gathered.words) {
      int blank = word.indexOf(' ');
      listener.accept(word.substring(0, blank), word.substring(blank + 1));
    }
  }

  static BytesRef idTerm(UUID id) {
    return new BytesRef(id.toString());
  }

  private static void add(Document document, String name, Iterable<String> words, FieldType type) {
    List<String> list = new ArrayList<>();
    words.forEach(list::add);
    TokenStream stream = new OrderStream(list);
    document.add(new Field(name, stream, type));
  }

  private static void addTraits(Document document, SearchEntry entry) {
    SearchEntry.Traits traits = entry.traits();
    Set<String> categories = new HashSet<>(traits.categories());
    categories.forEach(
        slug -> document.add(new SortedSetDocValuesField(Fields.CATEGORY, new BytesRef(slug))));
    Set<String> formats = new HashSet<>(traits.formats());
    formats.forEach(
        format -> document.add(new SortedSetDocValuesField(Fields.FORMAT, new BytesRef(format))));
    document.add(
        new SortedSetDocValuesField(Fields.LEVEL, new BytesRef(Integer.toString(traits.level()))));
    document.add(new SortedSetDocValuesField(Fields.LANGUAGE, new BytesRef(traits.language())));
    if (!traits.licence().isEmpty()) {
      document.add(new SortedSetDocValuesField(Fields.LICENCE, new BytesRef(traits.licence())));
    }
    document.add(new NumericDocValuesField(Fields.MINUTES, traits.minutes()));
    SearchEntry.Standing standing = entry.standing();
    document.add(
        new NumericDocValuesField(Fields.PUBLISHED, standing.publishedAt().toEpochMilli()));
    document.add(new NumericDocValuesField(Fields.RATING, Math.round(standing.rating() * 10_000)));
    document.add(new NumericDocValuesField(Fields.REVISION, standing.revision()));
    document.add(new NumericDocValuesField(Fields.AGE_ORDER, entry.id().getMostSignificantBits()));
    document.add(
        new SortedDocValuesField(
            Fields.TITLE_ORDER, new BytesRef(GermanText.sortKey(entry.texts().title()))));
  }

  private BytesRef titleKeys(SearchEntry entry, Language language) {
    List<Analysis> words = new ArrayList<>();
    List<Boolean> loud = new ArrayList<>();
    for (Word word : GermanText.words(GermanText.normalise(entry.texts().title()))) {
      words.add(text.analyse(word.text(), language));
      loud.add(!word.joins() && !text.isStopWord(word.text()));
    }
    return TitleKeys.write(words, loud);
  }

  private static FieldType type(IndexOptions options, boolean omitNorms) {
    FieldType type = new FieldType();
    type.setOmitNorms(omitNorms);
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.freeze();
    return type;
  }

  /** The words of one entry, gathered field by field. */
  private final class Gathered {
    private final Language language;
    private final Map<String, Integer> keys = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> forms = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Analysis> seen = new LinkedHashMap<>();

    Gathered(Language language) {
      this.language = language;
    }

    void add(String raw, int weight, boolean name) {
      for (Word word : GermanText.words(GermanText.normalise(raw))) {
        Analysis analysis =
            seen.computeIfAbsent(word.text(), written -> text.analyse(written, language));
        weigh(Fields.EXACT, analysis.form(), weight);
        weigh(Fields.STEM, analysis.stem(), weight);
        analysis.others().forEach(other -> weigh(Fields.RELATED, other, weight / 2));
        analysis.pieces().forEach(piece -> weigh(Fields.RELATED, piece.stem(), weight / 2));
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

    void addWords(String raw) {
      for (Word word : GermanText.words(GermanText.normalise(raw))) {
        String folded = GermanText.fold(word.text().toLowerCase(Locale.ROOT), language);
        words.add(folded + ' ' + word.text());
      }
    }

    private void weigh(char kind, String key, int weight) {
      keys.merge(kind + key, weight, (a, b) -> Math.min(a + b, HEAVIEST));
    }
  }
}
