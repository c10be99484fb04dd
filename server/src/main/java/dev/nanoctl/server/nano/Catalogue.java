package dev.nanoctl.server.nano;

import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reading nanos: lists, details, and what the search engine wants to know. */
public final class Catalogue implements NanoSearchSource {
  private final Jdbi jdbi;
  private final ListMemory memory;
  private final CatalogueStore store = new CatalogueStore();
  private final DetailStore details = new DetailStore();
  private final SearchStore search = new SearchStore();

  /** The nanos in this database; parts of lists are kept in the cache, if there is one. */
  public Catalogue(Jdbi jdbi, @Nullable AnswerCache cache) {
    this.jdbi = jdbi;
    this.memory = new ListMemory(cache);
  }

  /**
   * A page of a list.
   *
   * @param items list items as JSON texts
   * @param total how many there are in all
   */
  public record Listing(List<String> items, long total) {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /** What a reference to a nano leads to. */
  public sealed interface Found {
    /**
     * The nano.
     *
     * @param json its detail as JSON text
     * @param etag changes with everything that is shown
     */
    record Here(UUID id, String json, String etag) implements Found {}

    /** The nano has another slug now. */
    record Moved(String slug) implements Found {}
  }

  /** One page of the public list. */
  public Listing list(NanoFilter filter, Page page) {
    AnswerCache.Moment since = memory.now();
    OptionalLong kept = memory.total(filter);
    return jdbi.withHandle(tx -> {
      List<String> items = items(tx, store.page(tx, filter, page), since);
      if (kept.isPresent()) {
        return new Listing(items, kept.getAsLong());
      }
      long total = store.total(tx, filter);
      memory.keepTotal(filter, total, since);
      return new Listing(items, total);
    });
  }

  /** The items of these nanos, in this order; only those that are not remembered are read. */
  private List<String> items(Handle tx, List<UUID> ids, AnswerCache.Moment since) {
    Map<UUID, String> items = new HashMap<>();
    for (UUID id : ids) {
      memory.item(id).ifPresent(item -> items.put(id, item));
    }
    List<UUID> missing = ids.stream().filter(id -> !items.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      store
          .items(tx, missing)
          .forEach((id, item) -> {
            memory.keepItem(id, item, since);
            items.put(id, item);
          });
    }
    return ids.stream().map(items::get).filter(Objects::nonNull).toList();
  }

  /** What a guest sees of a nano, named by id or slug. */
  public Optional<Found> shown(String idOrSlug) {
    return find(idOrSlug, null);
  }

  /** What this person, or nobody, sees of a nano, named by id or slug. */
  public Optional<Found> find(String idOrSlug, @Nullable Principal who) {
    UUID id = uuid(idOrSlug);
    return jdbi.withHandle(tx -> {
      Optional<DetailRow> row = details.find(tx, id, idOrSlug, who != null);
      if (row.isEmpty()) {
        return id == null
            ? details.movedTo(tx, idOrSlug).<Found>map(Found.Moved::new)
            : Optional.empty();
      }
      return visible(tx, row.get(), who).map(Catalogue::here);
    });
  }

  /** Published nanos that are like this one; empty when it is not published. */
  public Optional<List<String>> related(String idOrSlug, int limit) {
    return jdbi.withHandle(tx ->
        details
            .find(tx, uuid(idOrSlug), idOrSlug, false)
            .filter(row -> row.status() == NanoStatus.PUBLISHED)
            .map(row -> store.related(tx, row.id(), limit)));
  }

  /** Everything a creator has, with status and reason, the last changed first. */
  public Listing mine(Principal who, Optional<NanoStatus> status, Page page) {
    return jdbi.withHandle(tx ->
        new Listing(store.mine(tx, who.id(), status, page), store.totalMine(tx, who.id(), status)));
  }

  /** The list item of a nano, whatever its status, for staff and its creator. */
  public Optional<String> item(Handle tx, UUID id) {
    return store.item(tx, id);
  }

  @Override
  public Optional<SearchDocument> searchDocument(Handle tx, UUID nanoId) {
    return search.find(tx, nanoId);
  }

  @Override
  public void streamPublished(Handle tx, Consumer<SearchDocument> consumer) {
    search.each(tx, consumer);
  }

  @Override
  public Map<UUID, Instant> publishedSince(Handle tx) {
    return search.changes(tx);
  }

  /** What someone signed in is shown depends on whether it is theirs. */
  private Optional<DetailRow> visible(Handle tx, DetailRow row, @Nullable Principal who) {
    Standing standing = Standing.of(who, row.creatorId());
    if (!Lifecycle.visible(row.status(), standing)) {
      return Optional.empty();
    }
    return who != null && !standing.own() && !standing.staff()
        ? details.find(tx, row.id(), row.slug(), false)
        : Optional.of(row);
  }

  private static Found here(DetailRow row) {
    CRC32C sum = new CRC32C();
    sum.update(row.json().getBytes(StandardCharsets.UTF_8));
    String etag = String.format(Locale.ROOT, "%d.%08x", row.rowVersion(), sum.getValue());
    return new Found.Here(row.id(), row.json(), etag);
  }

  private static @Nullable UUID uuid(String text) {
    if (text.length() != 36 || text.charAt(8) != '-') {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
