package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Which instance a database that somebody else runs belongs to, noted in a schema of its own there.
 * Nothing but the stamp is ever written or removed here.
 */
public final class DatabaseStamp {
  /** The schema of the stamp. */
  public static final String SCHEMA = "nanoctl_instance";

  private static final String FIND = "SELECT to_regclass('%s.stamp') IS NOT NULL".formatted(SCHEMA);

  // whoever may not see them is not to believe that there are none
  private static final String TABLES =
      """
      SELECT count(*)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public'
         AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
         AND NOT EXISTS (SELECT 1
                           FROM pg_catalog.pg_depend d
                          WHERE d.classid = 'pg_catalog.pg_class'::regclass
                            AND d.objid = c.oid
                            AND d.deptype = 'e')
      """;

  private static final String MAKE =
      """
      CREATE SCHEMA IF NOT EXISTS %1$s;
      CREATE TABLE IF NOT EXISTS %1$s.stamp (
        one      boolean     PRIMARY KEY DEFAULT true CHECK (one),
        instance text        NOT NULL,
        released boolean     NOT NULL DEFAULT false,
        since    timestamptz NOT NULL DEFAULT now()
      )
      """
          .formatted(SCHEMA);

  /** Whose a database is. */
  public sealed interface Owner {
    /** Nobody's, and there is nothing in it. */
    record Nobody() implements Owner {}

    /**
     * That instance's.
     *
     * @param released whether its installation was undone, so that another one may have it
     */
    record Stamped(String instance, boolean released) implements Owner {}

    /**
     * Somebody's, who left no stamp.
     *
     * @param tables how many tables, views and sequences there are
     */
    record Unknown(long tables) implements Owner {}

    /** Whether the instance of that id may use it; nobody's id is empty. */
    default boolean allows(String instance) {
      return switch (this) {
        case Nobody() -> true;
        case Stamped(String id, boolean released) -> released || id.equals(instance);
        case Unknown _ -> false;
      };
    }

    /** Why another instance must not use it, and what to do, as a problem. */
    default Problem refusal(String database) {
      String message =
          switch (this) {
            case Nobody() -> throw new IllegalStateException("nobody refuses nobody");
            case Stamped(String id, boolean _) ->
                "the database %s belongs to another instance of nanoctl (%s)"
                    .formatted(database, id);
            case Unknown(long tables) ->
                "the database %s is not empty: %d tables, views or sequences are in its schema public"
                    .formatted(database, tables);
          };
      return new Problem.Preflight(
          "NC-DATABASE-FOREIGN",
          message,
          "name an empty database of its own; nothing was changed in this one");
    }
  }

  private DatabaseStamp() {}

  /** Whose the database is that the connection leads to. */
  public static Owner owner(Connection connection) throws SQLException {
    Optional<Owner> stamped = stamped(connection);
    if (stamped.isPresent()) {
      return stamped.get();
    }
    long tables = tables(connection);
    return tables == 0 ? new Owner.Nobody() : new Owner.Unknown(tables);
  }

  private static Optional<Owner> stamped(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (var found = statement.executeQuery(FIND)) {
        if (!found.next() || !found.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (var stamp =
          statement.executeQuery("SELECT instance, released FROM %s.stamp".formatted(SCHEMA))) {
        return stamp.next()
            ? Optional.of(new Owner.Stamped(stamp.getString(1), stamp.getBoolean(2)))
            : Optional.empty();
      }
    }
  }

  private static long tables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var count = statement.executeQuery(TABLES)) {
      count.next();
      return count.getLong(1);
    }
  }

  /**
   * Stamps the database; two that try at once do not both succeed.
   *
   * @throws dev.nanoctl.core.ProblemException {@code NC-DATABASE-FOREIGN} when it is another's
   */
  public static void claim(DatabaseAddress database, String shown, String instance)
      throws SQLException {
    inTransaction(
        database,
        connection -> {
          Owner owner = owner(connection);
          if (!owner.allows(instance)) {
            throw owner.refusal(shown).raise();
          }
          try (Statement make = connection.createStatement();
              var insert =
                  connection.prepareStatement(
                      """
                      INSERT INTO %s.stamp (instance) VALUES (?)
                      ON CONFLICT (one) DO UPDATE SET instance = EXCLUDED.instance, released = false
                      """
                          .formatted(SCHEMA))) {
            make.execute(MAKE);
            insert.setString(1, instance);
            insert.execute();
          }
        });
  }

  /** Takes that instance's stamp back, of an installation that is undone; tables stay. */
  public static void release(DatabaseAddress database, String instance) throws SQLException {
    inTransaction(
        database,
        connection -> {
          if (!(owner(connection) instanceof Owner.Stamped(String id, boolean _))
              || !id.equals(instance)) {
            return;
          }
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                tables(connection) == 0
                    ? "DROP SCHEMA %s CASCADE".formatted(SCHEMA)
                    : "UPDATE %s.stamp SET released = true".formatted(SCHEMA));
          }
        });
  }

  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private static void inTransaction(DatabaseAddress database, Work work) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_xact_lock(hashtext('%s'))".formatted(SCHEMA));
      }
      work.run(connection);
      connection.commit();
    }
  }
}
