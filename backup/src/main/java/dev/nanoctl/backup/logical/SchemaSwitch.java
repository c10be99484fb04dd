package dev.nanoctl.backup.logical;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Changes restored tables over with the live ones, each way in one transaction. Everything may be
 * repeated: what is done already is left as it is.
 *
 * <p>It is the application's objects that move from schema to schema, not the schemas that are
 * renamed: extensions and other people's tables stay where they are, and it takes no more rights
 * than the migrations took.
 */
public final class SchemaSwitch {
  /** How long somebody else's use of a table is waited for. */
  private static final String PATIENCE = "SET LOCAL lock_timeout = '30s'";

  private final DatabaseSource database;

  /** Of that database, as the role that owns the application's tables. */
  public SchemaSwitch(DatabaseSource database) {
    this.database = database;
  }

  /** A problem when the role may not do what a restore does. */
  void requireAllowed() throws SQLException {
    try (Connection connection = Session.begin(database)) {
      String role = Sql.shown(Sql.text(connection, "SELECT current_user"));
      String name = Sql.shown(Sql.text(connection, "SELECT current_database()"));
      if (!Sql.truth(connection, "SELECT has_database_privilege(current_database(), 'CREATE')")) {
        throw LogicalProblem.notAllowed(
            "the role %s may not make a schema in the database %s".formatted(role, name),
            "let its owner run: GRANT CREATE ON DATABASE %s TO %s".formatted(name, role));
      }
      if (!Sql.truth(connection, "SELECT has_schema_privilege('public', 'USAGE')")
          || !Sql.truth(connection, "SELECT has_schema_privilege('public', 'CREATE')")) {
        throw LogicalProblem.notAllowed(
            "the role %s may not make tables in the schema public".formatted(role),
            "let its owner run: GRANT USAGE, CREATE ON SCHEMA public TO " + role);
      }
      connection.rollback();
    }
  }

  /** Makes the schema a backup is brought into. */
  void prepare() throws SQLException {
    try (Connection connection = Session.begin(database)) {
      Sql.run(connection, "CREATE SCHEMA " + Sql.quote(Schemas.NEXT));
      connection.commit();
    }
  }

  /** Removes what was brought in, or was switched back. */
  public void discard() {
    drop(Schemas.NEXT);
  }

  /** Removes the tables from before the last restore. */
  public void forget() {
    drop(Schemas.BEFORE);
  }

  private void drop(String schema) {
    try (Connection connection = Session.begin(database)) {
      Sql.run(connection, PATIENCE);
      Sql.run(connection, "DROP SCHEMA IF EXISTS " + Sql.quote(schema) + " CASCADE");
      connection.commit();
    } catch (SQLException e) {
      throw LogicalProblem.unswitched(e);
    }
  }

  /** Puts the restored tables in the place of the live ones, which are kept. */
  public void in() {
    change(Schemas.NEXT, Schemas.BEFORE);
  }

  /** Puts the kept tables in the place of the restored ones, which lie beside again. */
  public void back() {
    change(Schemas.BEFORE, Schemas.NEXT);
  }

  /**
   * Moves the live tables to one schema and those of the other to their place.
   *
   * @param from what becomes live; when it is not there, that happened already
   * @param to where the live ones go
   */
  private void change(String from, String to) {
    try (Connection connection = Session.begin(database)) {
      Sql.run(connection, PATIENCE);
      Sql.run(connection, "SET LOCAL search_path = pg_catalog");
      if (!exists(connection, from)) {
        connection.rollback();
        return;
      }
      if (exists(connection, to)) {
        throw new SQLException("both %s and %s are there".formatted(from, to));
      }
      Sql.run(connection, "CREATE SCHEMA " + Sql.quote(to));
      move(connection, Schemas.LIVE, to);
      move(connection, from, Schemas.LIVE);
      // without CASCADE: whatever were left in it would keep it, and all as it was
      Sql.run(connection, "DROP SCHEMA " + Sql.quote(from));
      connection.commit();
    } catch (SQLException e) {
      throw LogicalProblem.unswitched(e);
    }
  }

  private static void move(Connection connection, String from, String to) throws SQLException {
    List<String> moves = new OwnObjects(connection, from).moves(to);
    Sql.runAll(connection, moves);
  }

  private static boolean exists(Connection connection, String schema) throws SQLException {
    return Sql.truth(
        connection,
        "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = %s)"
            .formatted(Sql.literal(schema)));
  }
}
