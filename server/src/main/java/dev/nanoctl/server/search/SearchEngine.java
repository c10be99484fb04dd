package dev.nanoctl.server.search;

import dev.nanoctl.server.search.lucene.LuceneIndex;
import dev.nanoctl.server.search.meili.MeiliIndex;
import dev.nanoctl.server.search.meili.MeiliSettings;
import java.nio.file.Path;

/** Which search engine holds the index, and where. */
public sealed interface SearchEngine {
  /** Lucene, in this process. */
  record InFolder(Path folder) implements SearchEngine {}

  /** A Meilisearch server, which several processes may share. */
  record Meili(MeiliSettings settings) implements SearchEngine {}

  /** Whether all servers of a site search in the same index. */
  default boolean shared() {
    return this instanceof Meili;
  }

  /**
   * Opens the index. A folder must be free and writable; a server need not answer yet.
   *
   * @throws dev.nanoctl.core.ProblemException NC-SEARCH-INDEX-IN-USE or NC-SEARCH-INDEX-UNUSABLE
   */
  default SearchIndex open() {
    return switch (this) {
      case InFolder(Path folder) -> new LuceneIndex(folder);
      case Meili(MeiliSettings settings) -> MeiliIndex.open(settings);
    };
  }
}
