package dev.nanoctl.server.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** The schema's history: append-only files, listed here because a native image cannot look. */
final class Migrations {
  /** Every file of {@code db/migration}, oldest first. Never change one that was released. */
  static final List<String> FILES =
      List.of(
          "V010__account.sql",
          "V011__audit.sql",
          "V012__outbox.sql",
          "V013__job.sql",
          "V014__idempotency.sql",
          "V020__package.sql",
          "V021__upload.sql",
          "V030__category.sql",
          "V031__nano.sql",
          "V032__rating.sql",
          "V033__moderation.sql",
          "V034__purge.sql",
          "V035__appeal.sql",
          "V036__news.sql",
          "V037__schema_floor.sql",
          "V038__backup_heartbeat.sql");

  private static final String FOLDER = "db/migration/";

  private Migrations() {}

  static void apply(DataSource dataSource) {
    apply(dataSource, new Listed(FILES), SchemaFloor.version(FILES.getLast()));
  }

  /**
   * Brings the schema up to date, or leaves one that a later release has set up as it is where this
   * one can work with it.
   *
   * @param newest the newest version among the resources
   */
  static void apply(DataSource dataSource, ResourceProvider resources, int newest) {
    String[] ignored =
        SchemaFloor.allows(dataSource, newest) ? new String[] {"*:future"} : new String[0];
    // a schema of a later release is none of ours, unless that release left us a place in it
    migrate(configured(dataSource, resources).ignoreMigrationPatterns(ignored));
  }

  /** Makes the tables as they were at a version, in a schema that is there and empty. */
  static void apply(DataSource dataSource, String schema, String version) {
    migrate(
        configured(dataSource, new Listed(FILES))
            .schemas(schema)
            .defaultSchema(schema)
            .createSchemas(false)
            .target(version));
  }

  private static FluentConfiguration configured(DataSource dataSource, ResourceProvider resources) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .resourceProvider(resources)
        .javaMigrationClassProvider(List::of)
        .locations(new String[0])
        .callbackLocations(new String[0])
        .table("schema_history")
        .validateOnMigrate(true)
        .cleanDisabled(true);
  }

  private static void migrate(FluentConfiguration flyway) {
    try {
      flyway.load().migrate();
    } catch (FlywayValidateException e) {
      throw DatabaseProblems.changedMigration(firstLine(e), e);
    } catch (FlywayException e) {
      throw DatabaseProblems.failedMigration(firstLine(e), e);
    }
  }

  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(3)
        .reduce((a, b) -> a + " " + b)
        .orElse("no message");
  }

  /** Hands Flyway the files that are listed. */
  private record Listed(List<String> files) implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      return files.contains(file) ? new MigrationFile(file) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return files.stream()
          .filter(file -> file.startsWith(prefix) && file.endsWith(".sql"))
          .<LoadableResource>map(MigrationFile::new)
          .toList();
    }
  }

  /** One file on the class path. */
  private static final class MigrationFile extends LoadableResource {
    private final String name;

    MigrationFile(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
        if (in == null) {
          throw new IllegalStateException("migration " + name + " is missing");
        }
        try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
          return new StringReader(reader.readAllAsString());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
