package dev.nanoctl.cli.data;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.cli.serve.ServerSettings;
import dev.nanoctl.core.Ids;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.db.Database;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.main.Platform;
import dev.nanoctl.server.main.SharedConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/** Opens an instance's database for one piece of work. */
public final class SiteDatabase {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a piece of work has at hand. */
  public record Session(
      Instance instance, SiteConfig config, Database database, Platform platform) {}

  private final InstantSource clock;

  /** Works by that clock. */
  public SiteDatabase(InstantSource clock) {
    this.clock = clock;
  }

  /** How the servers of that instance hear of changes. */
  private static SharedConfig.Kind shared(Instance instance) {
    return switch (instance.ports().engine()) {
      case EMBEDDED -> SharedConfig.Kind.ALONE;
      case DOCKER -> SharedConfig.Kind.REDIS;
    };
  }

  /** Does the work with the database of an installed instance. */
  public <T> T with(SiteFolder site, int connections, Function<Session, T> work) {
    return with(Instance.require(site), connections, work);
  }

  /** Does the work with the database of that instance. */
  public <T> T with(Instance instance, int connections, Function<Session, T> work) {
    SiteConfig config = new SiteConfigFile(instance.layout().site().config()).load();
    DatabaseConfig usual = ServerSettings.database(instance);
    var few =
        new DatabaseConfig(usual.url(), usual.user(), usual.password(), connections, PATIENCE);
    try (Database database = Database.connect(few)) {
      return work.apply(
          new Session(
              instance,
              config,
              database,
              Platform.beside(database.jdbi(), clock, new Ids(clock), shared(instance))));
    }
  }
}
