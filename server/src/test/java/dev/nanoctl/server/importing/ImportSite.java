package dev.nanoctl.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Ids;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.main.ImportTool;
import dev.nanoctl.server.main.ObjectsConfig;
import dev.nanoctl.server.main.Platform;
import dev.nanoctl.server.media.store.DirectoryObjectStore;
import dev.nanoctl.server.media.store.ObjectContent;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.Sha256;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A database and a folder of objects to import into. */
final class ImportSite implements AutoCloseable {
  private final TestDatabase database = TestDatabase.create();
  private final Path objects;
  private final Principal admin;

  ImportSite(Path folder) {
    this.objects = folder.resolve("objects");
    this.admin = new MarketFixture(database.jdbi(), InstantSource.system()).person(Role.ADMIN);
  }

  TestDatabase database() {
    return database;
  }

  Path objects() {
    return objects;
  }

  Principal admin() {
    return admin;
  }

  ImportSummary run(Path source) {
    return run(source, ImportListener.SILENT);
  }

  ImportSummary run(Path source, ImportListener listener) {
    try (ImportTool tool =
        ImportTool.open(
            Platform.beside(
                database.jdbi(), InstantSource.system(), new Ids(InstantSource.system())),
            new ObjectsConfig.Directory(objects),
            Optional.empty())) {
      return tool.run(source, admin, listener);
    }
  }

  long count(String sql) {
    return database.jdbi().withHandle(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  /** Every nano is whole: it has a live version, and that a package whose bytes are right. */
  void requireWhole() throws IOException {
    assertThat(count("SELECT count(*) FROM nano WHERE live_version_id IS NULL")).isZero();
    assertThat(
            count(
                "SELECT count(*) FROM nano n WHERE NOT EXISTS "
                    + "(SELECT FROM nano_category c WHERE c.nano_id = n.id)"))
        .isZero();
    List<String> digests =
        database
            .jdbi()
            .withHandle(
                tx -> tx.createQuery("SELECT sha256 FROM package").mapTo(String.class).list());
    try (DirectoryObjectStore store = DirectoryObjectStore.open(objects)) {
      for (String digest : digests) {
        Sha256 sha256 = new Sha256(digest);
        try (ObjectContent content = store.get(ObjectKey.ofPackage(sha256))) {
          assertThat(Sha256.of(content.stream().readAllBytes())).isEqualTo(sha256);
        }
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
