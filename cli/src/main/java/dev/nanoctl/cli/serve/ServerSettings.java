package dev.nanoctl.cli.serve;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.appliance.tls.OwnCertificate;
import dev.nanoctl.appliance.tls.PairFiles;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.db.DatabaseConfig;
import dev.nanoctl.server.http.HttpConfig;
import dev.nanoctl.server.main.ServerConfig;
import dev.nanoctl.server.main.SharedConfig;
import dev.nanoctl.server.media.scan.ClamdAddress;
import dev.nanoctl.server.search.SearchEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the server has to know, made of the site configuration and the instance's secrets. */
public final class ServerSettings {
  private ServerSettings() {}

  /** The settings of an instance; with self-signed TLS its certificate is made or renewed. */
  public static ServerConfig of(Instance instance, SiteConfig config, InstantSource clock) {
    SiteFolder site = instance.layout().site();
    SiteConfig.Server server = config.server();
    var listener =
        new ServerConfig.Listener(
            server.bind(),
            server.port(),
            tls(instance.layout(), config, clock),
            config.url(),
            Set.of("127.0.0.1", "::1"));
    return new ServerConfig(
        listener,
        database(instance),
        new ServerConfig.Packages(SiteObjects.of(instance, config), clamd(config)),
        new SearchEngine.InFolder(index(site)),
        new ServerConfig.Limits(
            config.limits().reads(), config.limits().writes(), config.limits().factor()),
        new SharedConfig.Alone());
  }

  /** Where ClamAV's daemon listens, if the site has one. */
  public static Optional<ClamdAddress> clamd(SiteConfig config) {
    return config.objects().clamd().map(ClamdAddress::new);
  }

  /** How this instance's database is reached. */
  public static DatabaseConfig database(Instance instance) {
    DatabaseAddress address = instance.database();
    return DatabaseConfig.of(address.jdbcUrl(), address.user(), address.password());
  }

  /** Where the search index lies. */
  public static Path index(SiteFolder site) {
    return site.root().resolve("search");
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
