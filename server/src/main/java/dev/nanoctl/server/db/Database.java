package dev.nanoctl.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The pool of connections to a migrated database. */
public final class Database implements AutoCloseable {
  private static final int PING_SECONDS = 2;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
  }

  /** Connects and brings the schema up to date. */
  public static Database open(DatabaseConfig config) {
    Database database = connect(config);
    try {
      Migrations.apply(database.pool);
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Connects without touching the schema. */
  public static Database connect(DatabaseConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(config.url());
    hikari.setUsername(config.user());
    hikari.setPassword(config.password().value());
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(Math.min(2, config.poolSize()));
    hikari.setConnectionTimeout(config.patience().toMillis());
    hikari.setInitializationFailTimeout(config.patience().toMillis());
    hikari.setPoolName("nanoctl");
    hikari.setAutoCommit(true);
    hikari.addDataSourceProperty("ApplicationName", "nanoctl");
    hikari.addDataSourceProperty("socketTimeout", "60");
    hikari.addDataSourceProperty("connectTimeout", "5");
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    try {
      return new Database(new HikariDataSource(hikari));
    } catch (RuntimeException e) {
      throw DatabaseProblems.unreachable(config, e);
    }
  }

  /** What services work with. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** The pool itself, for libraries that need one. */
  public DataSource dataSource() {
    return pool;
  }

  /** How many connections are in use. */
  public HikariPoolMXBean pool() {
    return pool.getHikariPoolMXBean();
  }

  /**
   * The cluster and its timeline: another one after a restore, when what was read before may never
   * have been.
   */
  public String history() {
    return jdbi.withHandle(tx ->
        tx.createQuery(
                """
                SELECT system_identifier || '.' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
                  FROM pg_control_system()
                """)
            .mapTo(String.class)
            .one());
  }

  /** Whether a query is answered right now. */
  public boolean answers() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(PING_SECONDS);
    } catch (SQLException _) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
