package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wal.MemoryLogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is taken while tables come, go, move and are written anew. */
class SchemaChangesIT {
  private static final int ROUNDS = 3;

  /** Everything people can see of the tables: their names, columns, indexes and content. */
  private static final List<String> FINGERPRINT =
      List.of(
          """
          SELECT c.relname, c.relkind, string_agg(a.attname || ':' || a.atttypid, ',' ORDER BY a.attnum)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
           WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
           GROUP BY 1, 2 ORDER BY 1
          """,
          "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
          "SELECT datname FROM pg_database ORDER BY 1");

  @TempDir private Path folder;

  @Test
  void theRestoredClusterIsTheOneThatWasLeft() throws Exception {
    var stop = new AtomicBoolean();
    TestPostgres postgres = TestPostgres.started("max_wal_size=64MB", "autovacuum_naptime=1s");
    postgres.sql(
        "CREATE TABLE kept AS SELECT n, repeat('k', 400) t FROM generate_series(1, 9000) n");
    Thread churn = Thread.ofPlatform().start(() -> churn(postgres, stop));
    try (Branch branch = Branch.begin(postgres, new MemoryLogStore(), folder)) {
      Thread.sleep(1500);
      stop.set(true);
      churn.join();
      branch.shipped();
      try (TestPostgres restored = branch.restored(new RestoreTarget.Newest())) {
        List<String> tables =
            postgres
                .sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                .stream()
                .map(List::getFirst)
                .toList();
        assertThat(tables).contains("kept", "renamed0", "copied0");
        for (String query : FINGERPRINT) {
          assertThat(restored.sql(query)).isEqualTo(postgres.sql(query));
        }
        for (String table : tables) {
          String hash =
              "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"%s\" t"
                  .formatted(table);
          assertThat(restored.sql(hash)).as(table).isEqualTo(postgres.sql(hash));
        }
      }
    } finally {
      stop.set(true);
      churn.join();
    }
  }

  private static void churn(TestPostgres postgres, AtomicBoolean stop) {
    try {
      for (int i = 0; !stop.get() || i < ROUNDS; i++) {
        postgres.sql(
            "CREATE TABLE made%d AS SELECT n, md5(n::text) h FROM generate_series(1, 2000) n"
                .formatted(i));
        postgres.sql("CREATE INDEX ON made%d (h)".formatted(i));
        postgres.sql("DELETE FROM made%d WHERE n %% 3 = 0".formatted(i));
        postgres.sql("VACUUM FULL made%d".formatted(i));
        postgres.sql("ALTER TABLE made%d ALTER n TYPE bigint, ADD more int DEFAULT 7".formatted(i));
        postgres.sql("CREATE TABLE copied%1$d AS TABLE made%1$d".formatted(i));
        postgres.sql("ALTER TABLE made%1$d RENAME TO renamed%1$d".formatted(i));
        postgres.sql("CREATE TABLE gone AS SELECT generate_series(1, 3000) n");
        postgres.sql("TRUNCATE gone; DROP TABLE gone");
        postgres.sql("CREATE DATABASE db%d".formatted(i));
        if (i % 2 == 1) {
          postgres.sql("DROP DATABASE db%d".formatted(i));
        }
        postgres.sql("CLUSTER kept USING " + index(postgres, i));
        postgres.sql("UPDATE kept SET t = t || '%d' WHERE n %% 50 = %d".formatted(i, i % 50));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String index(TestPostgres postgres, int round) throws IOException {
    String name = "kept_by_n_" + round;
    postgres.sql("CREATE INDEX %s ON kept (n)".formatted(name));
    return name;
  }
}
