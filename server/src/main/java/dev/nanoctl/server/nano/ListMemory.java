package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.cache.CachedAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Parts of list pages that outlive a page: rendered items and totals. Both are true until a topic
 * they show changes, exactly like whole answers.
 */
final class ListMemory {
  /** What an answer shows that names categories. */
  static final String CATEGORIES = "categories";

  private final @Nullable AnswerCache cache;

  ListMemory(@Nullable AnswerCache cache) {
    this.cache = cache;
  }

  /** To be asked before the database is. */
  AnswerCache.Moment now() {
    return cache == null ? AnswerCache.Moment.FIRST : cache.now();
  }

  Optional<String> item(UUID id) {
    return find("item:" + id);
  }

  void keepItem(UUID id, String json, AnswerCache.Moment since) {
    keep("item:" + id, json, List.of(NanoTrail.topic(id), CATEGORIES), since);
  }

  OptionalLong total(NanoFilter filter) {
    Optional<String> kept = find(key(filter));
    return kept.isPresent() ? OptionalLong.of(Long.parseLong(kept.get())) : OptionalLong.empty();
  }

  void keepTotal(NanoFilter filter, long total, AnswerCache.Moment since) {
    keep(key(filter), Long.toString(total), List.of(NanoTrail.LISTS), since);
  }

  private Optional<String> find(String key) {
    return cache == null
        ? Optional.empty()
        : cache.find(key).map(kept -> new String(kept.body(), StandardCharsets.UTF_8));
  }

  private void keep(String key, String text, List<String> topics, AnswerCache.Moment since) {
    if (cache != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      cache.keep(key, new CachedAnswer(bytes, false, "", "", ""), topics, since);
    }
  }

  /** The filter without its order, so that no two filters look alike. */
  private static String key(NanoFilter filter) {
    NanoFilter.Facts facts = filter.facts();
    return "total:"
        + Json.text(json ->
            json.array(all ->
                all.array(filter.categories(), (out, slug) -> out.value(slug))
                    .array(facts.levels(), (out, level) -> out.value((long) level))
                    .array(facts.languages(), (out, tag) -> out.value(tag))
                    .array(facts.formats(), (out, format) -> out.value(format))
                    .array(facts.licences(), (out, licence) -> out.value(licence))
                    .value((long) facts.durationMin())
                    .value((long) facts.durationMax())
                    .value(filter.creator())));
  }
}
