package dev.nanoctl.cli.testing;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What installs an instance with a database that somebody else runs on this machine. */
public final class DatabaseOptions {
  private DatabaseOptions() {}

  /**
   * The arguments, without encryption on the way.
   *
   * @param database its role and password are the instance's
   * @param folder gets the file of the password
   * @param port of the instance
   */
  public static List<String> install(DatabaseAddress database, Path folder, int port)
      throws IOException {
    Path file = folder.resolve("password");
    Files.writeString(file, database.password().value() + "\n");
    return List.of(
        "install",
        "--json",
        "--no-systemd",
        "--yes",
        "--database",
        "127.0.0.1:%d/%s".formatted(database.port(), database.database()),
        "--database-user",
        database.user(),
        "--database-password-file",
        file.toString(),
        "--database-tls",
        "off",
        "--port",
        "" + port);
  }
}
