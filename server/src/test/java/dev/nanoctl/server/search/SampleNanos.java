package dev.nanoctl.server.search;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Entries for tests. */
public final class SampleNanos {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private SampleNanos() {}

  /** The id of the nano of that number. */
  public static UUID id(int number) {
    return new UUID((1_760_000_000_000L + number) << 16 | 0x7000L, 0x8000_0000_0000_0000L | number);
  }

  /** A German nano. */
  public static SearchEntry german(int number, String title, String body) {
    return entry(number, title, body, traits("de", 2, "textverarbeitung", 10));
  }

  /** A nano with these traits. */
  public static SearchEntry entry(
      int number, String title, String body, SearchEntry.Traits traits) {
    return entry(number, new SearchEntry.Texts(title, List.of(), "", "", body), traits, 3.0);
  }

  /** A nano with all of that; a higher number is newer. */
  public static SearchEntry entry(
      int number, SearchEntry.Texts texts, SearchEntry.Traits traits, double rating) {
    return new SearchEntry(
        id(number),
        texts,
        traits,
        new SearchEntry.Standing(BEGIN.plusSeconds(number), rating, number),
        "{\"id\":\"" + id(number) + "\"}");
  }

  /** Traits of a nano under CC BY. */
  public static SearchEntry.Traits traits(
      String language, int level, String category, int minutes) {
    return new SearchEntry.Traits(
        List.of(category), level, language, List.of("text"), "CC-BY-4.0", minutes);
  }
}
