package dev.nanoctl.server.search;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.nano.About;
import dev.nanoctl.server.nano.NanoFields;
import dev.nanoctl.server.nano.SearchDocument;
import dev.nanoctl.server.nano.Teaching;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes entries of an index out of what the catalogue tells of nanos. */
final class SearchEntries {
  private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+");

  private SearchEntries() {}

  static SearchEntry of(SearchDocument nano) {
    NanoFields fields = nano.fields();
    About about = fields.about();
    Teaching teaching = fields.teaching();
    String licence = fields.rights().licence();
    return new SearchEntry(
        nano.id(),
        new SearchEntry.Texts(
            about.title(),
            about.tags(),
            headings(about.detailsMd()),
            text(about.description()),
            body(nano)),
        new SearchEntry.Traits(
            nano.shelves().all(),
            teaching.level(),
            teaching.language(),
            teaching.formats(),
            text(licence),
            teaching.durationMinutes()),
        new SearchEntry.Standing(
            nano.facts().publishedAt(), nano.facts().ratingScore(), revision(changedAt(nano))),
        nano.item());
  }

  /** What tells two states of a nano apart. */
  static long revision(Instant changedAt) {
    return changedAt.toEpochMilli();
  }

  private static Instant changedAt(SearchDocument nano) {
    return Json.parseObject(nano.item())
        .text("updated_at")
        .map(time -> OffsetDateTime.parse(time).toInstant())
        .orElse(Instant.EPOCH);
  }

  private static String headings(@Nullable String markdown) {
    return text(markdown)
        .lines()
        .filter(line -> HEADING.matcher(line).find())
        .map(line -> HEADING.matcher(line).replaceFirst(""))
        .collect(Collectors.joining("\n"));
  }

  private static String body(SearchDocument nano) {
    About about = nano.fields().about();
    Teaching.Audience audience = nano.fields().teaching().audience();
    List<String> parts =
        List.of(
            text(about.detailsMd()),
            String.join("\n", about.objectives()),
            text(audience.targetGroup()),
            text(audience.prerequisites()),
            nano.facts().creatorName(),
            text(nano.packageText()));
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
