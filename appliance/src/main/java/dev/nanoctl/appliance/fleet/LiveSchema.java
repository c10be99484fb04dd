package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

/** Asks the live database itself. */
public final class LiveSchema implements Schema {
  private final Supplier<DatabaseAddress> address;

  /** The schema of the application's database at that address. */
  public LiveSchema(Supplier<DatabaseAddress> address) {
    this.address = address;
  }

  @Override
  public String version() {
    return ask("SELECT max(version) FROM schema_history WHERE success");
  }

  @Override
  public String floor() {
    return ask("SELECT needs FROM schema_floor");
  }

  private String ask(String query) {
    try (Connection connection = address.get().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "0";
    } catch (SQLException e) {
      throw new Problem.Unavailable(
              "NC-SCHEMA-UNKNOWN",
              "the database does not say which schema it has: " + e.getMessage(),
              "nanoctl status; the database has to run")
          .raise(e);
    }
  }
}
