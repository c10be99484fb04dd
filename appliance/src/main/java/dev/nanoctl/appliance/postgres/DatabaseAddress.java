package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where a database answers, and as whom.
 *
 * @param host a name, or an IP address
 */
public record DatabaseAddress(
    String host, int port, String database, String user, Secret password, Encryption encryption) {
  private static final int SECONDS = 5;

  /** On this machine. */
  public DatabaseAddress(int port, String database, String user, Secret password) {
    this("127.0.0.1", port, database, user, password, new Encryption.Off());
  }

  /** A database that somebody else runs; a relative path of an authority is resolved already. */
  public static DatabaseAddress of(SiteConfig.ExternalDatabase database, Secret password) {
    return new DatabaseAddress(
        database.host(),
        database.port(),
        database.database(),
        database.user(),
        password,
        switch (database.tls()) {
          case OFF -> new Encryption.Off();
          case VERIFY_FULL -> new Encryption.Verified(database.ca());
        });
  }

  /** The same database and role, reached in another way. */
  public DatabaseAddress at(String otherHost, int otherPort) {
    return new DatabaseAddress(otherHost, otherPort, database, user, password, encryption);
  }

  /** The same server, another database. */
  public DatabaseAddress in(String other) {
    return new DatabaseAddress(host, port, other, user, password, encryption);
  }

  /** The JDBC address, without credentials. */
  public String jdbcUrl() {
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return "jdbc:postgresql://%s:%d/%s?%s"
        .formatted(literal, port, database, encryption.parameters());
  }

  /** The same database, entered with another password. */
  public DatabaseAddress with(Secret other) {
    return new DatabaseAddress(host, port, database, user, other, encryption);
  }

  /** A new connection. */
  public Connection connect() throws SQLException {
    return connect(new Properties());
  }

  /** A new connection for reading files and log, which takes the commands of that only. */
  public Connection connectForReplication() throws SQLException {
    var properties = new Properties();
    properties.setProperty("replication", "true");
    properties.setProperty("preferQueryMode", "simple");
    // what is said at the start of other connections is no such command
    properties.setProperty("assumeMinServerVersion", "15");
    return connect(properties);
  }

  private Connection connect(Properties properties) throws SQLException {
    properties.setProperty("user", user);
    properties.setProperty("password", password.value());
    properties.setProperty("ApplicationName", "nanoctl");
    properties.setProperty("connectTimeout", Integer.toString(SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(4 * SECONDS));
    Connection connection = new Driver().connect(jdbcUrl(), properties);
    if (connection == null) {
      throw new SQLException("not a PostgreSQL address: " + jdbcUrl());
    }
    return connection;
  }

  /** Runs one statement, such as {@code CREATE DATABASE}. */
  public void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether a real query is answered now. */
  public boolean answers() {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT 1")) {
      return rows.next() && rows.getInt(1) == 1;
    } catch (SQLException e) {
      return false;
    }
  }
}
