package dev.nanoctl.backup.logical;

import java.sql.SQLException;

/** Makes the application's tables, empty or with what its migrations put there. */
@FunctionalInterface
public interface TableBuilder {
  /**
   * Makes them in a schema that is there and empty.
   *
   * @param version of the application's schema
   * @throws dev.nanoctl.core.ProblemException when this program does not know that version
   */
  void build(String schema, String version) throws SQLException;
}
