package dev.nanoctl.server.importing;

import dev.nanoctl.core.Ids;
import dev.nanoctl.core.Secret;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ImportTool;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.Platform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** An import in a process of its own, to be killed; writes a line for every item that is done. */
final class ImportChild {
  private ImportChild() {}

  /**
   * Arguments: JDBC URL, user, object folder, source, admin; the password is in the environment.
   */
  public static void main(String[] args) {
    DatabaseConfig config =
        DatabaseConfig.of(args[0], args[1], new Secret(System.getenv("CHILD_DATABASE")));
    Principal admin =
        new Principal(UUID.fromString(args[4]), "admin", Role.ADMIN, UUID.fromString(args[4]));
    try (Database database = Database.connect(config);
        ImportTool tool =
            ImportTool.open(
                Platform.beside(
                    database.jdbi(), InstantSource.system(), new Ids(InstantSource.system())),
                new ObjectsConfig.Directory(Path.of(args[2])),
                Optional.empty());
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      ImportListener listener =
          new ImportListener() {
            @Override
            public void progress(int done, int total, int rejected) {
              try {
                out.write((done + "\n").getBytes(StandardCharsets.US_ASCII));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }

            @Override
            public void rejected(Rejection rejection) {
              throw new IllegalStateException(rejection.toString());
            }
          };
      tool.run(Path.of(args[3]), admin, listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
