package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchIndexContract;
import dev.nanoctl.server.search.meili.fake.FakeMeili;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of every search engine, on the double of Meilisearch, or on the real one that {@code
 * MEILI_URL} names, with the key in the file {@code MEILI_KEY_FILE}.
 */
final class MeiliIndexIT extends SearchIndexContract {
  private static final String KEY = "a-master-key-of-tests";
  private static @Nullable FakeMeili fake;
  private static MeiliSettings server = MeiliSettings.of(URI.create("http://none"), new Secret(""));
  private static long sites = System.currentTimeMillis();
  private MeiliIndex index;

  @BeforeAll
  static void start() throws IOException {
    String real = System.getenv("MEILI_URL");
    if (real != null) {
      Path key = Path.of(System.getenv("MEILI_KEY_FILE"));
      server = MeiliSettings.of(URI.create(real), new Secret(Files.readString(key).strip()));
    } else {
      FakeMeili started = FakeMeili.start(KEY);
      fake = started;
      server = MeiliSettings.of(started.url(), new Secret(KEY));
    }
  }

  @AfterAll
  static void stop() {
    FakeMeili started = fake;
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void open() {
    sites++;
    index = MeiliIndex.open(server.withPrefix("site" + sites));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Override
  protected SearchIndex index() {
    return index;
  }
}
