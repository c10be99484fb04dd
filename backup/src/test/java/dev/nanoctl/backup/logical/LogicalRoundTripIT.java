package dev.nanoctl.backup.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of a database comes back the same, and nothing live is touched before. */
class LogicalRoundTripIT {
  @TempDir private static Path folder;

  private static LogicalSite site;

  @BeforeAll
  static void start() throws Exception {
    site = LogicalSite.start(folder.resolve("repository"));
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 20261122})
  void everyRowComesBackAsItWas(long seed) throws Exception {
    DatabaseSource database = site.database("trip" + seed);
    new RandomRows(seed).fill(database, 300);
    Map<String, List<String>> before = LogicalSite.content(database, "public");
    Snapshot snapshot = site.backup(database);
    snapshot.verify();
    assertThat(Catalogue.in(snapshot.manifest())).isTrue();
    assertThat(snapshot.manifest().database()).isEmpty();
    assertThat(snapshot.manifest().facts())
        .containsEntry("rows.person", "300")
        .containsEntry("rows.\"Odd Name/1\"", "300")
        .containsEntry("schema", "007");
    change(database);
    Map<String, List<String>> changed = LogicalSite.content(database, "public");

    Catalogue loaded = site.load(database, snapshot);
    assertThat(loaded.schema()).isEqualTo("007");
    assertThat(LogicalSite.content(database, "public")).isEqualTo(changed);
    assertThat(LogicalSite.content(database, Schemas.NEXT)).isEqualTo(before);

    var change = new SchemaSwitch(database);
    change.in();
    change.in();
    assertThat(LogicalSite.content(database, "public")).isEqualTo(before);
    assertThat(LogicalSite.content(database, Schemas.BEFORE)).isEqualTo(changed);
    works(database);
    change.back();
    change.back();
    change.discard();
    assertThat(LogicalSite.content(database, "public")).isEqualTo(changed);
    site.load(database, snapshot);
    change.in();
    change.forget();
    assertThat(LogicalSite.content(database, "public")).isEqualTo(before);
    assertThat(schemas(database)).isEqualTo("public");
  }

  private static String schemas(DatabaseSource database) throws SQLException {
    return LogicalSite.text(
        database,
        "SELECT string_agg(nspname, ' ') FROM pg_namespace WHERE nspname !~ '^(pg_|information)'");
  }

  private static void change(DatabaseSource database) throws SQLException {
    LogicalSite.run(
        database,
        """
        DELETE FROM book WHERE id % 3 = 0 AND id NOT IN (SELECT book FROM edition);
        UPDATE person SET name = 'changed' WHERE ok;
        INSERT INTO log VALUES (100000, 'later');
        SELECT nextval('ticket');
        CREATE TABLE of_a_later_version (id int);
        """);
  }

  /** Sequences go on, triggers guard, references hold. */
  private static void works(DatabaseSource database) throws SQLException {
    LogicalSite.run(
        database, "BEGIN; INSERT INTO book (person) SELECT id FROM person LIMIT 1; ROLLBACK");
    assertThatThrownBy(() -> LogicalSite.run(database, "DELETE FROM log"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> LogicalSite.run(database, "INSERT INTO edition (book) VALUES (-1)"))
        .hasMessageContaining("edition_book_fkey");
    assertThat(
            LogicalSite.text(database, "SELECT count(*) FROM pg_stats WHERE schemaname = 'public'"))
        .isNotEqualTo("0");
  }

  @Test
  void oneMomentIsReadWhileOthersWrite() throws Exception {
    DatabaseSource database = site.database("busy");
    LogicalSite.run(
        database, "INSERT INTO account SELECT i, 1000 FROM generate_series(1, 20000) i");
    var done = new AtomicBoolean();
    var running = new ArrayList<Future<Void>>();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 3; i++) {
        int seed = i;
        running.add(writers.submit(() -> transfer(database, new Random(seed), done)));
      }
      try {
        while (LogicalSite.text(database, "SELECT count(*) FROM transfer").equals("0")) {
          Thread.sleep(5);
        }
        for (int i = 0; i < 3; i++) {
          Snapshot snapshot = site.backup(database);
          site.load(database, snapshot);
          assertThat(LogicalSite.text(database, "SELECT sum(balance) FROM nanoctl_restore.account"))
              .isEqualTo(
                  LogicalSite.text(
                      database,
                      "SELECT 20000000 + coalesce(sum(amount), 0) FROM nanoctl_restore.transfer"));
          assertThat(
                  LogicalSite.text(
                      database,
                      """
                      SELECT (SELECT last_value FROM nanoctl_restore.transfer_id_seq)
                          >= (SELECT max(id) FROM nanoctl_restore.transfer)
                      """))
              .isEqualTo("t");
        }
      } finally {
        done.set(true);
      }
      for (Future<Void> writer : running) {
        writer.get();
      }
    }
    assertThat(LogicalSite.text(database, "SELECT count(*) > 50 FROM transfer")).isEqualTo("t");
  }

  /** Each moves between two accounts, and puts something in that is noted in another table. */
  private static Void transfer(DatabaseSource database, Random random, AtomicBoolean done)
      throws SQLException {
    try (Connection connection = database.connect()) {
      while (!done.get()) {
        int amount = random.nextInt(100);
        Sql.run(
            connection,
            """
            BEGIN;
            UPDATE account SET balance = balance - %1$d WHERE id = %2$d;
            UPDATE account SET balance = balance + %1$d WHERE id = %3$d;
            UPDATE account SET balance = balance + %1$d WHERE id = %4$d;
            INSERT INTO transfer (amount) VALUES (%1$d);
            COMMIT
            """
                .formatted(
                    amount,
                    1 + random.nextInt(6000),
                    6001 + random.nextInt(6000),
                    12001 + random.nextInt(8000)));
      }
    }
    return null;
  }

  @Test
  void aSecondBackupStoresWhatChanged() throws Exception {
    DatabaseSource database = site.database("again");
    LogicalSite.run(
        database,
        """
        INSERT INTO log SELECT i, md5(i::text) || md5((i + 1)::text) || md5((i + 2)::text)
          FROM generate_series(1, 200000) i
        """);
    long empty = site.stored();
    site.backup(database);
    long first = site.stored() - empty;
    LogicalSite.run(
        database,
        """
        ALTER TABLE log DISABLE TRIGGER log_rows;
        INSERT INTO log SELECT i, 'new' FROM generate_series(200001, 200100) i;
        UPDATE log SET said = 'somewhere' WHERE id IN (500, 60000, 150000);
        DELETE FROM log WHERE id = 100000;
        ALTER TABLE log ENABLE TRIGGER log_rows
        """);
    Snapshot second = site.backup(database);
    long stored = site.stored() - empty - first;
    assertThat(first).isGreaterThan(3_000_000);
    // four pieces of 100 kB on average, and the manifest
    assertThat(stored).isLessThan(first / 15);
    site.load(database, second);
    assertThat(LogicalSite.content(database, Schemas.NEXT).get("log"))
        .isEqualTo(LogicalSite.content(database, "public").get("log"));
  }

  @Test
  void othersTablesAndExtensionsStayWhereTheyAre() throws Exception {
    DatabaseSource database = site.database("shared");
    LogicalSite.run(
        site.superuser("shared"),
        """
        CREATE EXTENSION cube SCHEMA public;
        CREATE TABLE public.theirs (id int); INSERT INTO public.theirs VALUES (1);
        ALTER TABLE public.theirs OWNER TO other;
        GRANT SELECT ON public.theirs TO app;
        """);
    Snapshot snapshot = site.backup(database);
    assertThat(snapshot.manifest().facts()).doesNotContainKey("rows.theirs");
    site.load(database, snapshot);
    var change = new SchemaSwitch(database);
    change.in();
    change.forget();
    assertThat(LogicalSite.text(site.superuser("shared"), "SELECT id FROM public.theirs"))
        .isEqualTo("1");
    assertThat(LogicalSite.text(database, "SELECT public.cube(1, 2)")).isEqualTo("(1),(2)");
  }

  @Test
  void aDamagedRepositoryChangesNothing() throws Exception {
    DatabaseSource database = site.database("damaged");
    new RandomRows(5).fill(database, 200);
    Map<String, List<String>> live = LogicalSite.content(database, "public");
    try (LogicalSite other = LogicalSite.start(folder.resolve("other"))) {
      DatabaseSource source = other.database("source");
      new RandomRows(6).fill(source, 200);
      Snapshot snapshot = other.backup(source);
      try (Stream<Path> packs = Files.walk(other.folder().resolve("packs"))) {
        for (Path pack : packs.filter(Files::isRegularFile).toList()) {
          byte[] bytes = Files.readAllBytes(pack);
          bytes[bytes.length / 3] ^= 1;
          Files.delete(pack);
          Files.write(pack, bytes);
        }
      }
      assertThatThrownBy(() ->
              new LogicalRestore(database, snapshot, LogicalSite.builder(database), _ -> {}).load())
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-REPO-DAMAGED"));
    }
    assertThat(LogicalSite.content(database, "public")).isEqualTo(live);
  }

  @Test
  void wherePermissionsLackItIsSaidBeforeAnythingIsDone() throws Exception {
    DatabaseSource database = site.database("strict");
    Snapshot snapshot = site.backup(database);
    LogicalSite.run(
        site.superuser("strict"),
        "ALTER DATABASE strict OWNER TO other; REVOKE CREATE ON SCHEMA public FROM app");
    assertThatThrownBy(() -> site.load(database, snapshot))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("may not make a schema in the database strict");
    LogicalSite.run(site.superuser("strict"), "GRANT CREATE ON DATABASE strict TO app");
    assertThatThrownBy(() -> site.load(database, snapshot))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("may not make tables in the schema public");
    LogicalSite.run(site.superuser("strict"), "GRANT CREATE, USAGE ON SCHEMA public TO app");
    site.load(database, snapshot);
    new SchemaSwitch(database).in();
  }

  @Test
  void aBackupOfAnotherApplicationIsRefused() throws Exception {
    DatabaseSource database = site.database("alike");
    Snapshot snapshot = site.backup(database);
    TableBuilder otherHistory =
        (schema, version) -> {
          LogicalSite.builder(database).build(schema, version);
          LogicalSite.run(database, "UPDATE nanoctl_restore.schema_history SET checksum = 99");
        };
    TableBuilder otherTable =
        (schema, version) -> {
          LogicalSite.builder(database).build(schema, version);
          LogicalSite.run(database, "DROP TABLE nanoctl_restore.keyless");
        };
    TableBuilder otherColumn =
        (schema, version) -> {
          LogicalSite.builder(database).build(schema, version);
          LogicalSite.run(database, "ALTER TABLE nanoctl_restore.keyless RENAME n TO m");
        };
    refused(database, snapshot, otherHistory, "other migrations");
    refused(database, snapshot, otherTable, "not the application's: keyless");
    refused(database, snapshot, otherColumn, "columns of keyless");
  }

  private static void refused(
      DatabaseSource database, Snapshot snapshot, TableBuilder builder, String why) {
    assertThatThrownBy(() -> new LogicalRestore(database, snapshot, builder, _ -> {}).load())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(why);
  }

  @Test
  void valuesOfPeopleAreNotInMessages() throws Exception {
    DatabaseSource database = site.database("quiet");
    LogicalSite.run(database, "INSERT INTO keyless VALUES (1, 'a secret of somebody')");
    Snapshot snapshot = site.backup(database);
    TableBuilder strict =
        (schema, version) -> {
          LogicalSite.builder(database).build(schema, version);
          LogicalSite.run(
              database,
              "ALTER TABLE nanoctl_restore.keyless ALTER t TYPE int USING 1,"
                  + " ADD CONSTRAINT small CHECK (n < 1)");
        };
    assertThatThrownBy(() -> new LogicalRestore(database, snapshot, strict, _ -> {}).load())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("SQLSTATE 22")
        .satisfies(e -> {
          for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain("secret");
          }
        });
  }
}
