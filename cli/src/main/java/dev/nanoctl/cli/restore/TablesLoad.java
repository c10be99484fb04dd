package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.logical.Catalogue;
import dev.nanoctl.backup.logical.LogicalRestore;
import dev.nanoctl.backup.logical.SchemaSwitch;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.db.SchemaVersions;
import java.io.IOException;

/** Brings the tables of a backup into a database, made by this program's migrations. */
public final class TablesLoad {
  private TablesLoad() {}

  /** Brings them in beside what is live there. */
  static Catalogue beside(DatabaseAddress database, BlockSource source) throws IOException {
    var login = DatabaseConfig.of(database.jdbcUrl(), database.user(), database.password());
    return new LogicalRestore(
            database::connect,
            source,
            (schema, version) -> SchemaVersions.make(login, schema, version),
            _ -> {})
        .load();
  }

  /** Brings them into a database that holds nothing else. */
  public static Catalogue whole(DatabaseAddress database, BlockSource source) throws IOException {
    Catalogue loaded = beside(database, source);
    var tables = new SchemaSwitch(database::connect);
    tables.in();
    tables.forget();
    return loaded;
  }
}
