package dev.nanoctl.server.db;

import dev.nanoctl.core.Problem;

/** The tables of the application as they were at each version of its schema. */
public final class SchemaVersions {
  private static final int CONNECTIONS = 2;

  private SchemaVersions() {}

  /** The newest that this program knows. */
  public static int newest() {
    return SchemaFloor.version(Migrations.FILES.getLast());
  }

  /**
   * A problem when a version is a later program's.
   *
   * @param version as the schema's history notes it, such as {@code 038}
   */
  public static void requireKnown(String version) {
    if (!known(version)) {
      throw new Problem.Preflight(
              "NC-RESTORE-SCHEMA",
              "the backup has version %s of the database's schema, this program knows them up to %03d"
                  .formatted(version, newest()),
              "nanoctl upgrade, then repeat")
          .raise();
    }
  }

  private static boolean known(String version) {
    try {
      int number = Integer.parseInt(version);
      return Migrations.FILES.stream().anyMatch(file -> SchemaFloor.version(file) == number);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Makes the tables of that version in a schema that is there and empty.
   *
   * @throws dev.nanoctl.core.ProblemException with {@code NC-RESTORE-SCHEMA} as {@link
   *     #requireKnown} says, or {@code NC-MIGRATION-FAILED}
   */
  public static void make(DatabaseConfig config, String schema, String version) {
    requireKnown(version);
    var few =
        new DatabaseConfig(
            config.url(), config.user(), config.password(), CONNECTIONS, config.patience());
    try (Database database = Database.connect(few)) {
      Migrations.apply(database.dataSource(), schema, version);
    }
  }
}
