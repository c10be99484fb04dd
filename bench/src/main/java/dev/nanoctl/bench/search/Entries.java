package dev.nanoctl.bench.search;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.search.SearchEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Makes guides entries of an index, and makes many more out of them. */
final class Entries {
  private static final long EPOCH = 1_760_000_000_000L;

  private Entries() {}

  static UUID id(int number) {
    return new UUID((EPOCH + number) << 16 | 0x7000L, 0x8000_0000_0000_0000L | number);
  }

  static int number(UUID id) {
    return (int) id.getLeastSignificantBits();
  }

  static SearchEntry of(Guide guide, int number) {
    Guide.Text text = guide.text();
    int minutes = 1 + text.body().length() / 1_000;
    SearchEntry.Traits traits =
        new SearchEntry.Traits(
            List.of(guide.category()),
            1 + number % 3,
            guide.language(),
            List.of("text"),
            "MPL-2.0",
            minutes);
    return new SearchEntry(
        id(number),
        new SearchEntry.Texts(text.title(), text.tags(), "", text.description(), text.body()),
        traits,
        new SearchEntry.Standing(Instant.ofEpochMilli(EPOCH + number), 3.5, 1),
        item(guide, number, minutes));
  }

  private static String item(Guide guide, int number, int minutes) {
    Guide.Text text = guide.text();
    return Json.text(json ->
        json.object(item ->
            item.field("id", id(number).toString())
                .field("slug", "nano-" + number)
                .field("title", text.title())
                .field("description", text.description())
                .field("duration_minutes", minutes)
                .field("level", 1 + number % 3)
                .field("language", guide.language())
                .field("licence", "MPL-2.0")
                .field("version", "1.0.0")));
  }

  /**
   * The guide of that number in an endless collection: first the real ones, then ones recombined
   * out of four, with the title of one and half of the text of two others.
   */
  static Guide endless(List<Guide> guides, int number) {
    int size = guides.size();
    Guide first = guides.get(number % size);
    if (number < size) {
      return first;
    }
    int round = number / size;
    Guide second = guides.get((int) ((number * 7_919L + round) % size));
    Guide third = guides.get((int) ((number * 104_729L + round * 31L) % size));
    Guide fourth = guides.get((int) ((number * 1_299_709L + round * 17L) % size));
    String title =
        half(first.text().title(), true, " ") + " " + half(second.text().title(), false, " ");
    String body =
        half(third.text().body(), true, "\n") + "\n" + half(fourth.text().body(), false, "\n");
    return new Guide(
        "made-" + number,
        first.language(),
        third.category(),
        new Guide.Text(title, second.text().description(), fourth.text().tags(), body));
  }

  private static String half(String text, boolean first, String separator) {
    int middle = text.indexOf(separator, text.length() / 2);
    if (middle < 0) {
      return text;
    }
    return first ? text.substring(0, middle) : text.substring(middle + separator.length());
  }
}
