package dev.nanoctl.backup.logical;

import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.backup.manifest.SnapshotSettings;
import dev.nanoctl.backup.manifest.Vault;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.testing.HeadInMemory;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.postgresql.Driver;

/** A database whose owner is no superuser, and a repository for it. */
final class LogicalSite implements AutoCloseable {
  static final String VERSION = "007";
  private static final Secret PASSPHRASE = new Secret("correct horse");

  /** Some of everything that makes bringing rows in difficult. */
  private static final String TABLES =
      """
      CREATE TABLE schema_history (installed_rank int PRIMARY KEY, version text, checksum int,
        success boolean NOT NULL, installed_on timestamptz NOT NULL DEFAULT clock_timestamp());
      INSERT INTO schema_history VALUES (1, '003', -5, true), (2, '007', 12, true);
      CREATE TYPE mood AS ENUM ('fine', 'so so');
      CREATE DOMAIN short AS text CHECK (length(value) <= 40);
      CREATE SEQUENCE ticket START 1000;
      CREATE TABLE person (
        data bytea,
        id uuid PRIMARY KEY,
        name text,
        feels mood,
        nick short,
        doc jsonb,
        tags text[],
        born timestamptz,
        day date,
        span interval,
        amount numeric,
        ratio double precision,
        ok boolean,
        loud text GENERATED ALWAYS AS (upper(name)) STORED,
        boss uuid REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
        best uuid UNIQUE DEFERRABLE INITIALLY IMMEDIATE
      );
      CREATE TABLE "Odd Name/1" (b int, "a B" int, note text, PRIMARY KEY (note, b));
      CREATE TABLE keyless (n int, t text);
      CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, live bigint,
        person uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE);
      CREATE TABLE edition (id bigserial PRIMARY KEY, book bigint NOT NULL REFERENCES book (id));
      ALTER TABLE book ADD FOREIGN KEY (live) REFERENCES edition (id);
      CREATE TABLE log (id int PRIMARY KEY, said text);
      CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'append-only'; END $$;
      CREATE TRIGGER log_rows BEFORE UPDATE OR DELETE ON log
        FOR EACH ROW EXECUTE FUNCTION log_is_append_only();
      CREATE TRIGGER log_table BEFORE TRUNCATE ON log
        FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only();
      CREATE FUNCTION shouted() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.said = NEW.said || '!'; RETURN NEW; END $$;
      CREATE TRIGGER log_shouts BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION shouted();
      INSERT INTO log VALUES (0, 'made by a migration');
      CREATE VIEW loud AS SELECT id, loud FROM person;
      CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL);
      CREATE TABLE transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount int);
      """;

  final TestPostgres postgres;
  final Vault vault;
  private final Path folder;

  private LogicalSite(TestPostgres postgres, Path folder) throws IOException {
    this.postgres = postgres;
    this.folder = folder;
    var random = new Random(7);
    this.vault =
        Vault.create(
            DirectoryRepository.create(folder, Bandwidth.UNLIMITED),
            PASSPHRASE,
            new Argon2(8, 1, 1),
            RecoveryKey.generate(random).publicKey(),
            new Vault.Machine(new HeadInMemory(), InstantSource.system(), random));
  }

  static LogicalSite start(Path folder) throws IOException, InterruptedException {
    TestPostgres postgres = TestPostgres.started();
    postgres.sql("CREATE ROLE app LOGIN PASSWORD 'a test'; CREATE ROLE other");
    return new LogicalSite(postgres, folder);
  }

  /** A new database of that name with the tables in it. */
  DatabaseSource database(String name) throws IOException, SQLException {
    postgres.sql("CREATE DATABASE " + name + " OWNER app");
    DatabaseSource database = empty(name);
    run(database, TABLES);
    return database;
  }

  DatabaseSource empty(String name) {
    return connect(name, "app", new Secret("a test"));
  }

  DatabaseSource superuser(String name) {
    return connect(name, postgres.address().user(), TestPostgres.PASSWORD);
  }

  private DatabaseSource connect(String name, String user, Secret password) {
    ServerAddress address = postgres.address();
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password.value());
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(address.port(), name);
    return () -> Optional.ofNullable(new Driver().connect(url, properties)).orElseThrow();
  }

  static void run(DatabaseSource database, String sql) throws SQLException {
    try (Connection connection = database.connect()) {
      Sql.run(connection, sql);
    }
  }

  static String text(DatabaseSource database, String sql) throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.text(connection, sql);
    }
  }

  /** Makes the tables as the application would. */
  static TableBuilder builder(DatabaseSource database) {
    return (schema, _) -> {
      try (Connection connection = database.connect()) {
        Sql.run(connection, "SET search_path = " + schema);
        Sql.run(connection, TABLES);
      }
    };
  }

  Snapshot backup(DatabaseSource database) throws IOException, InterruptedException {
    try (SnapshotWriter writer = vault.begin(new SnapshotSettings(8192, Runnable::run))) {
      Catalogue read =
          new LogicalBackup(database, InstantSource.system(), _ -> {})
              .run(writer.sink(Part.DATABASE));
      writer.publish(
          new SnapshotWriter.Finish(Instant.now(), Optional.empty(), _ -> {}, read.facts()));
    }
    return vault.newest();
  }

  Catalogue load(DatabaseSource database, Snapshot snapshot) throws IOException {
    return new LogicalRestore(database, snapshot, builder(database), _ -> {}).load();
  }

  /** Every row of every table of a schema, where sequences stand, and what else it has. */
  static Map<String, List<String>> content(DatabaseSource database, String schema)
      throws SQLException {
    var content = new TreeMap<String, List<String>>();
    try (Connection connection = database.connect()) {
      Sql.run(connection, "SET search_path = " + Sql.quote(schema));
      var reader = new TableReader(connection, schema);
      for (Table table : reader.tables().values()) {
        String sql = "SELECT t::text FROM %s t ORDER BY 1".formatted(Sql.quote(table.name()));
        content.put(table.name(), Sql.texts(connection, sql));
      }
      reader.sequences().forEach(s -> content.put("sequence " + s.name(), List.of(s.toString())));
      content.put("rules", rules(connection, schema));
    }
    return content;
  }

  private static List<String> rules(Connection connection, String schema) throws SQLException {
    return Sql.texts(
        connection,
        """
        SELECT c.conrelid::regclass || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
          FROM pg_constraint c WHERE c.connamespace = '%1$s'::regnamespace AND c.contype <> 'n'
        UNION ALL
        SELECT pg_get_triggerdef(t.oid, true) || t.tgenabled::text
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         WHERE c.relnamespace = '%1$s'::regnamespace AND NOT t.tgisinternal
        UNION ALL
        SELECT indexname::text FROM pg_indexes WHERE schemaname = '%1$s'
        UNION ALL
        SELECT proname::text FROM pg_proc WHERE pronamespace = '%1$s'::regnamespace
        UNION ALL
        SELECT typname::text FROM pg_type
         WHERE typnamespace = '%1$s'::regnamespace AND typtype <> 'c'
        UNION ALL
        SELECT viewname || definition FROM pg_views WHERE schemaname = '%1$s'
        ORDER BY 1
        """
            .formatted(schema));
  }

  /** How many bytes lie in the repository. */
  long stored() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
