package dev.nanoctl.server.nano;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What a search engine reads from the catalogue. */
public interface NanoSearchSource {
  /**
   * The outbox topic told of every change that a reader could notice; its payload is {@code {"id":
   * "<nano id>"}}.
   */
  String CHANGED = "nano.changed";

  /** The document of a nano, or nothing when it must not be found (any more). */
  Optional<SearchDocument> searchDocument(Handle tx, UUID nanoId);

  /** Hands every nano that may be found to the consumer, without holding them all. */
  void streamPublished(Handle tx, Consumer<SearchDocument> consumer);

  /** When every nano that may be found was last changed, to compare an index with. */
  Map<UUID, Instant> publishedSince(Handle tx);
}
