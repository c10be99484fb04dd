package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.search.Facet;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.text.GermanText;
import dev.nanoctl.server.search.text.Language;
import dev.nanoctl.server.search.weigh.EntryKeys;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Makes documents out of entries. */
final class MeiliDocuments {
  /** The longest minutes of the ranges that durations are counted by. */
  private static final int[] LONGEST = {5, 15, 30, 60};

  static final List<String> RANGES = List.of("1-5", "6-15", "16-30", "31-60", "61-");

  private static final int STRONG = 8;
  private static final int STRONGEST = 24;

  /** Marks a capital: Meilisearch counts values that differ in case only as one. */
  private static final char CAPITAL = '^';

  private final GermanText text;

  MeiliDocuments(GermanText text) {
    this.text = text;
  }

  /** Writes the document of an entry as one value. */
  void write(JsonWriter json, SearchEntry entry) {
    EntryKeys keys = EntryKeys.of(entry, text);
    json.object(document -> {
      document.field(MeiliFields.ID, entry.id().toString());
      document.field(MeiliFields.STAMP, Long.toHexString(ThreadLocalRandom.current().nextLong()));
      writeKeys(document, keys);
      byte[] title = EntryKeys.title(entry, text);
      document.field(MeiliFields.TITLE_KEYS, Base64.getEncoder().encodeToString(title));
      writeTraits(document, entry);
      document.field(MeiliFields.TITLE, entry.texts().title());
      document.field(MeiliFields.DESCRIPTION, entry.texts().description());
      document.field(
          MeiliFields.TONGUE, String.valueOf(Language.of(entry.traits().language()).code()));
      document.field(MeiliFields.ITEM, entry.item());
    });
  }

  private static void writeKeys(JsonWriter document, EntryKeys keys) {
    Set<String> stems = new HashSet<>();
    Set<String> strong = new HashSet<>();
    Set<String> strongest = new HashSet<>();
    long length = 0;
    for (Map.Entry<String, Integer> key : keys.keys().entrySet()) {
      length += key.getValue();
      if (key.getKey().charAt(0) != EntryKeys.EXACT) {
        String stem = key.getKey().substring(1);
        stems.add(stem);
        if (key.getValue() >= STRONG) {
          strong.add(stem);
        }
        if (key.getValue() >= STRONGEST) {
          strongest.add(stem);
        }
      }
    }
    document.texts(MeiliFields.STEMS, stems);
    document.texts(MeiliFields.STRONG, strong);
    document.texts(MeiliFields.STRONGEST, strongest);
    document.texts(MeiliFields.NAMES, keys.names());
    document.array(MeiliFields.WORDS, keys.words(), (list, word) -> list.value(markCapitals(word)));
    document.field(MeiliFields.WEIGHTS, KeyCodes.weights(keys.keys()));
    document.field(MeiliFields.LENGTH, length);
    document.field(MeiliFields.ORDER, KeyCodes.order(keys.order()));
  }

  private static void writeTraits(JsonWriter document, SearchEntry entry) {
    SearchEntry.Traits traits = entry.traits();
    document.texts(MeiliFields.of(Facet.CATEGORY), new HashSet<>(traits.categories()));
    document.field(MeiliFields.of(Facet.LEVEL), Integer.toString(traits.level()));
    document.field(MeiliFields.of(Facet.LANGUAGE), traits.language());
    document.texts(MeiliFields.of(Facet.FORMAT), new HashSet<>(traits.formats()));
    if (!traits.licence().isEmpty()) {
      document.field(MeiliFields.of(Facet.LICENSE), traits.licence());
    }
    document.field(MeiliFields.of(Facet.DURATION), RANGES.get(range(traits.minutes())));
    document.field(MeiliFields.MINUTES, traits.minutes());
    SearchEntry.Standing standing = entry.standing();
    document.field(MeiliFields.PUBLISHED, standing.publishedAt().toEpochMilli());
    document.field(MeiliFields.RATING, Math.round(standing.rating() * 10_000));
    document.field(MeiliFields.REVISION, standing.revision());
    document.field(MeiliFields.TITLE_ORDER, GermanText.sortKey(entry.texts().title()));
  }

  private static int range(int minutes) {
    int range = 0;
    while (range < LONGEST.length && minutes > LONGEST[range]) {
      range++;
    }
    return range;
  }

  /** A word with its capitals marked, all letters small. */
  static String markCapitals(String word) {
    StringBuilder marked = new StringBuilder(word.length() + 2);
    word.codePoints()
        .forEach(letter -> {
          if (Character.isUpperCase(letter)) {
            marked.append(CAPITAL);
          }
          marked.appendCodePoint(letter);
        });
    return marked.toString().toLowerCase(Locale.ROOT);
  }

  /** A word as it was before its capitals were marked. */
  static String withCapitals(String marked) {
    StringBuilder word = new StringBuilder(marked.length());
    boolean capital = false;
    for (int letter : marked.codePoints().toArray()) {
      if (letter == CAPITAL) {
        capital = true;
      } else {
        word.appendCodePoint(capital ? Character.toUpperCase(letter) : letter);
        capital = false;
      }
    }
    return word.toString();
  }
}
