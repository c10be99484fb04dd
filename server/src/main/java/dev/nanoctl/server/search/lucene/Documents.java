package dev.nanoctl.server.search.lucene;

import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.weigh.EntryKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
    EntryKeys keys = EntryKeys.of(entry, text);
    Document document = new Document();
    document.add(new StringField(Fields.ID, idTerm(entry.id()), Field.Store.NO));
    document.add(new Field(Fields.KEYS, new KeyStream(keys.keys()), WEIGHTED));
    add(document, Fields.ORDER, keys.order(), ORDERED);
    add(document, Fields.WORDS, keys.words(), LISTED);
    add(document, Fields.NAMES, keys.names(), LISTED);
    document.add(
        new BinaryDocValuesField(Fields.TITLE_KEYS, new BytesRef(EntryKeys.title(entry, text))));
    document.add(new BinaryDocValuesField(Fields.HIT, HitData.write(entry)));
    addTraits(document, entry);
    return new Made(document, keys.forms());
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

  private static FieldType type(IndexOptions options, boolean omitNorms) {
    FieldType type = new FieldType();
    type.setOmitNorms(omitNorms);
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.freeze();
    return type;
  }
}
