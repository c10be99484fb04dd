package dev.nanoctl.bench.search;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.search.SearchEngine;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.meili.MeiliSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The engine that the gate judges: Lucene, or the Meilisearch at {@code MEILI_URL} with the key in
 * the file {@code MEILI_KEY_FILE}.
 */
final class GateEngine {
  private final Optional<MeiliSettings> meili;

  private GateEngine(Optional<MeiliSettings> meili) {
    this.meili = meili;
  }

  static GateEngine chosen() {
    String url = System.getenv("MEILI_URL");
    return new GateEngine(url == null ? Optional.empty() : Optional.of(settings(url)));
  }

  private static MeiliSettings settings(String url) {
    String file = System.getenv("MEILI_KEY_FILE");
    if (file == null) {
      throw new IllegalStateException("MEILI_KEY_FILE is not set: the file with the key");
    }
    try {
      return MeiliSettings.of(URI.create(url), new Secret(Files.readString(Path.of(file)).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String title() {
    return meili.isPresent() ? "Meilisearch" : "Lucene, embedded";
  }

  /** An empty index for that many documents. */
  SearchIndex open(Path folder, int size) {
    SearchEngine engine =
        meili
            .<SearchEngine>map(at -> new SearchEngine.Meili(at.withPrefix("gate" + size)))
            .orElseGet(() -> new SearchEngine.InFolder(folder));
    return engine.open();
  }

  /** The cell of a table that tells how large the index is, where that can be seen. */
  String megabytes(Path folder) throws IOException {
    if (meili.isPresent()) {
      return String.format(Locale.ROOT, " – |%n");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = files.mapToLong(file -> file.toFile().length()).sum();
      return String.format(Locale.ROOT, " %.1f |%n", bytes / 1e6);
    }
  }
}
