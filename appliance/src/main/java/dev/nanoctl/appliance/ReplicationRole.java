package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** The database role that reads files and log for backups, and may do nothing else. */
public final class ReplicationRole {
  /** Its name. */
  public static final String NAME = "nanoctl_backup";

  private ReplicationRole() {}

  /** Makes the role where it is missing, and gives it the password that is its secret. */
  public static void ensure(Instance instance) throws SQLException {
    ensure(instance.superuser(), instance.secret(SecretNames.REPLICATION));
  }

  /** The same in another database server, with that password. */
  public static void ensure(DatabaseAddress superuser, Secret password) throws SQLException {
    try (Connection connection = superuser.connect()) {
      boolean known;
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + NAME + "'")) {
        known = rows.next();
      }
      if (!known) {
        try (var statement = connection.createStatement()) {
          statement.execute("CREATE ROLE " + NAME + " LOGIN REPLICATION CONNECTION LIMIT 8");
        }
      }
      // sends the SCRAM verifier, so that the password itself can reach no log
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(NAME, password.value().toCharArray(), "scram-sha-256");
    }
  }
}
