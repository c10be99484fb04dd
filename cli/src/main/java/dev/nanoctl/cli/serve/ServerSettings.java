package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.Endpoints;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.cli.command.Version;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.http.HttpConfig;
import dev.nanoctl.server.main.ServerConfig;
import dev.nanoctl.server.main.SharedConfig;
import dev.nanoctl.server.media.scan.ClamdAddress;
import dev.nanoctl.server.redis.RedisAddress;
import dev.nanoctl.server.search.SearchEngine;
import dev.nanoctl.server.search.meili.MeiliSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the server has to know, made of the site configuration and the instance's secrets. */
public final class ServerSettings {
  /** The port in a container, where the entry in front reaches it. */
  private static final int CONTAINER_PORT = 8080;

  /** Where the entry looks for whether the answers it keeps are still true. */
  private static final Path ANSWERS = Path.of("/answers");

  private ServerSettings() {}

  /**
   * The settings of the server of an instance: as a process of the host, or inside a container of
   * its own network. With self-signed TLS the host's certificate is made or renewed.
   */
  public static ServerConfig of(Instance instance, SiteConfig config, InstantSource clock) {
    return switch (instance.ports().engine()) {
      case EMBEDDED -> alone(instance, config, clock);
      case DOCKER -> contained(instance, config);
    };
  }

  private static ServerConfig alone(Instance instance, SiteConfig config, InstantSource clock) {
    SiteConfig.Server server = config.server();
    return new ServerConfig(
        new ServerConfig.Listener(
            server.bind(),
            server.port(),
            tls(instance.layout(), config, clock),
            config.url(),
            Set.of("127.0.0.1", "::1")),
        database(instance),
        new ServerConfig.Packages(SiteObjects.of(instance, config), clamd(config)),
        search(instance),
        limits(config),
        new SharedConfig.Alone());
  }

  /** The entry in front has ended encryption; only containers of the instance come this far. */
  private static ServerConfig contained(Instance instance, SiteConfig config) {
    Endpoints inside = Endpoints.inside();
    var listener =
        new ServerConfig.Listener(
            "0.0.0.0", CONTAINER_PORT, Optional.empty(), config.url(), OwnNetworks.here());
    return new ServerConfig(
        Files.isDirectory(ANSWERS) ? listener.with(ANSWERS) : listener,
        database(instance.database().at(inside.postgres().host(), inside.postgres().port())),
        new ServerConfig.Packages(SiteObjects.of(instance, config, inside), clamd(config)),
        search(instance, inside),
        limits(config),
        new SharedConfig.ByRedis(
            redis(instance, inside.redisCache(), SecretNames.REDIS_CACHE),
            redis(instance, inside.redisState(), SecretNames.REDIS_STATE),
            instance.id(),
            Version.current()));
  }

  private static RedisAddress redis(Instance instance, Endpoints.Address address, String secret) {
    return RedisAddress.of(address.host(), address.port(), () -> instance.secret(secret));
  }

  private static ServerConfig.Limits limits(SiteConfig config) {
    return new ServerConfig.Limits(
        config.limits().reads(), config.limits().writes(), config.limits().factor());
  }

  /** The search index of an instance, as a process of the host reaches it. */
  public static SearchEngine search(Instance instance) {
    return switch (instance.ports().engine()) {
      case EMBEDDED -> new SearchEngine.InFolder(instance.layout().site().root().resolve("search"));
      case DOCKER -> search(instance, Endpoints.ofHost(instance.ports()));
    };
  }

  private static SearchEngine search(Instance instance, Endpoints endpoints) {
    return new SearchEngine.Meili(
        MeiliSettings.of(endpoints.search(), instance.secret(SecretNames.SEARCH_MASTER)));
  }

  /** Where ClamAV's daemon listens, if the site has one. */
  public static Optional<ClamdAddress> clamd(SiteConfig config) {
    return config.objects().clamd().map(ClamdAddress::new);
  }

  /** How this instance's database is reached from the host. */
  public static DatabaseConfig database(Instance instance) {
    return database(instance.database());
  }

  private static DatabaseConfig database(DatabaseAddress address) {
    return DatabaseConfig.of(address.jdbcUrl(), address.user(), address.password());
  }

  private static Optional<HttpConfig.Tls> tls(
      Layout layout, SiteConfig config, InstantSource clock) {
    SiteFolder site = layout.site();
    SiteConfig.Tls tls = config.server().tls();
    return switch (tls.mode()) {
      case OFF -> Optional.empty();
      case SELF_SIGNED ->
          Optional.of(
              own(
                  layout,
                  config,
                  new OwnCertificate(layout, clock).ensure(config.url().getHost())));
      case ACME ->
          Optional.of(own(layout, config, Certificates.of(layout, config, clock).prepare()));
      case FILES ->
          Optional.of(
              new HttpConfig.Tls(
                  readable(site, tls.certificate().orElseThrow(), "server.tls.certificate"),
                  readable(site, tls.key().orElseThrow(), "server.tls.key"),
                  Optional.empty(),
                  plain(layout, config)));
    };
  }

  private static HttpConfig.Tls own(Layout layout, SiteConfig config, PairFiles pair) {
    return new HttpConfig.Tls(
        pair.certificates(), pair.key(), Optional.of(layout.authority()), plain(layout, config));
  }

  private static Optional<HttpConfig.Plain> plain(Layout layout, SiteConfig config) {
    OptionalInt port = config.plainPort();
    return port.isPresent()
        ? Optional.of(new HttpConfig.Plain(port.getAsInt(), layout.challenges()))
        : Optional.empty();
  }

  private static Path readable(SiteFolder site, Path configured, String key) {
    Path file = site.resolve(configured);
    if (!Files.isReadable(file)) {
      throw new Problem.Configuration(
              "NC-TLS-FILES",
              key + " names " + file + ", which cannot be read",
              "put the file there, or: nanoctl config set " + key + " PATH")
          .raise();
    }
    return file;
  }
}
