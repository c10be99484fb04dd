package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;

/** Lets in to one database, as the role that owns the application's tables. */
@FunctionalInterface
public interface DatabaseSource {
  /** A new connection of PostgreSQL's own driver, for the caller to close. */
  Connection connect() throws SQLException;
}
