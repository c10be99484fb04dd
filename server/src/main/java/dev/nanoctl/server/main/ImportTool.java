package dev.nanoctl.server.main;

import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.importing.ImportListener;
import dev.nanoctl.server.importing.ImportSource;
import dev.nanoctl.server.importing.ImportSummary;
import dev.nanoctl.server.importing.Imports;
import dev.nanoctl.server.media.Packages;
import dev.nanoctl.server.media.scan.ClamdAddress;
import dev.nanoctl.server.media.store.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Imports into a site from a tool beside its server, which may run or not: the server hears of what
 * is new through the database.
 */
public final class ImportTool implements AutoCloseable {
  private final ObjectStore objects;
  private final Imports imports;

  private ImportTool(ObjectStore objects, Imports imports) {
    this.objects = objects;
    this.imports = imports;
  }

  /**
   * A tool for this site.
   *
   * @param platform what every tool beside a server is built from; its database stays open
   * @param where where packages are kept, as in {@link ServerConfig#objects()}
   * @param clamd who looks for malware too, as in {@link ServerConfig#clamd()}
   */
  public static ImportTool open(
      Platform platform, ObjectsConfig where, Optional<ClamdAddress> clamd) {
    Market market = new Market(platform);
    ObjectStore objects = where.open();
    Imports imports =
        new Imports(
            new Imports.Parts(
                platform.jdbi(),
                new Packages(objects, Scanners.of(clamd), platform.clock(), platform.ids()),
                market.imports(),
                market.categories()::ensure,
                platform.audit(),
                where.work()));
    return new ImportTool(objects, imports);
  }

  /** Imports what is new in a file or a folder; see {@link Imports#run}. */
  public ImportSummary run(Path source, Principal admin, ImportListener listener) {
    return imports.run(new ImportSource(source), admin, listener);
  }

  @Override
  public void close() {
    objects.close();
  }
}
