package dev.nanoctl.server.testing;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.ThrowawayPostgres;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.db.DatabaseConfig;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A fresh, migrated database on the one PostgreSQL of this JVM. It is a copy of a template that was
 * migrated once, so that a test class gets one in a few hundredths of a second.
 */
public final class TestDatabase implements AutoCloseable {
  private static final Object LOCK = new Object();
  private static @Nullable ThrowawayPostgres postgres;
  private static @Nullable String template;

  private final DatabaseAddress address;
  private final Database database;
  private final @Nullable ThrowawayPostgres own;

  private TestDatabase(
      DatabaseAddress address, Database database, @Nullable ThrowawayPostgres own) {
    this.address = address;
    this.database = database;
    this.own = own;
  }

  /** A new database with the whole schema. */
  public static TestDatabase create() {
    DatabaseAddress address = postgres().createDatabase(template());
    return new TestDatabase(address, Database.connect(config(address, 10)), null);
  }

  /** A database as an instance has it, on a PostgreSQL of its own, without any schema yet. */
  static TestDatabase ofInstance() {
    ThrowawayPostgres postgres = ThrowawayPostgres.start();
    DatabaseAddress address = BinaryServer.database(postgres);
    return new TestDatabase(address, Database.connect(config(address, 10)), postgres);
  }

  /** A new database without any schema. */
  public static DatabaseAddress empty() {
    return postgres().createDatabase();
  }

  /** The PostgreSQL all test classes share; do not stop it. */
  public static ThrowawayPostgres postgres() {
    synchronized (LOCK) {
      if (postgres == null) {
        postgres = ThrowawayPostgres.start();
      }
      return postgres;
    }
  }

  private static String template() {
    synchronized (LOCK) {
      if (template == null) {
        DatabaseAddress address = postgres().createDatabase();
        Database.open(config(address, 2)).close();
        template = address.database();
      }
      return template;
    }
  }

  /** How to reach a database. */
  public static DatabaseConfig config(DatabaseAddress address, int poolSize) {
    return new DatabaseConfig(
        address.jdbcUrl(), address.user(), address.password(), poolSize, Duration.ofSeconds(3));
  }

  /** How to reach this one. */
  public DatabaseConfig config() {
    return config(address, 10);
  }

  /** Where it is. */
  public DatabaseAddress address() {
    return address;
  }

  /** The pool. */
  public Database database() {
    return database;
  }

  /** What services work with. */
  public Jdbi jdbi() {
    return database.jdbi();
  }

  @Override
  public void close() {
    database.close();
    if (own != null) {
      own.close();
      return;
    }
    try {
      postgres().address().execute("DROP DATABASE " + address.database() + " WITH (FORCE)");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop " + address.database(), e);
    }
  }
}
