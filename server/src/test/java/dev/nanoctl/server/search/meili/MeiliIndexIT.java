package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Secret;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchIndexContract;
import dev.nanoctl.server.search.meili.fake.FakeMeili;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract of every search engine, on the double of Meilisearch. */
final class MeiliIndexIT extends SearchIndexContract {
  private static final String KEY = "a-master-key-of-tests";
  private static FakeMeili server;
  private static int sites;
  private MeiliIndex index;

  @BeforeAll
  static void start() {
    server = FakeMeili.start(KEY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    sites++;
    index =
        MeiliIndex.open(MeiliSettings.of(server.url(), new Secret(KEY)).withPrefix("site" + sites));
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
