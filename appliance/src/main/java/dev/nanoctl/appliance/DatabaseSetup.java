package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.Cluster;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.appliance.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes the application's role and its database, with PostgreSQL running just for that. */
public final class DatabaseSetup {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Instance instance;
  private final Cluster cluster;

  DatabaseSetup(Instance instance, Services services) {
    this.instance = instance;
    this.cluster = services.cluster();
  }

  String run() throws IOException, InterruptedException, SQLException {
    Path log = instance.layout().log("postgres");
    Optional<PostgresServer> running = PostgresServer.running(cluster);
    PostgresServer server =
        running.isPresent() ? running.get() : PostgresServer.start(cluster, log, List.of());
    try {
      server.awaitReady(instance.superuser(), log, PATIENCE);
      make(instance);
    } finally {
      if (running.isEmpty()) {
        server.stop(PATIENCE);
      }
    }
    return Instance.DATABASE;
  }

  /** Makes role and database where PostgreSQL answers already; the database's name. */
  public static String make(Instance instance) throws SQLException {
    role(instance);
    database(instance.superuser());
    return Instance.DATABASE;
  }

  private static void role(Instance instance) throws SQLException {
    DatabaseAddress superuser = instance.superuser();
    try (Connection connection = superuser.connect()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '%s'")) {
        execute(connection, "CREATE ROLE %s LOGIN");
      }
    }
    DatabaseRoles.admit(superuser, DatabaseLogin.of(instance.secret(SecretNames.DATABASE)));
  }

  private static void database(DatabaseAddress superuser) throws SQLException {
    try (Connection connection = superuser.connect()) {
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '%s'")) {
        execute(connection, "CREATE DATABASE %1$s OWNER %1$s");
      }
      execute(connection, "REVOKE ALL ON DATABASE %s FROM PUBLIC");
    }
  }

  private static boolean exists(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query.formatted(Instance.DATABASE))) {
      return rows.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql.formatted(Instance.DATABASE));
    }
  }
}
