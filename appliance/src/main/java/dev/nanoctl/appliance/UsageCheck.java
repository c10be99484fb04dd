package dev.nanoctl.appliance;

import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.appliance.usage.Traffic;
import dev.nanoctl.core.site.SiteConfig;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Finds out how much of an instance is used. */
public final class UsageCheck {
  private static final double SHARE = 0.95;
  private static final String LOOK =
      """
      SELECT current_setting('server_version_num')::int, pg_database_size(current_database()),
             (SELECT count(*) FROM pg_stat_activity
               WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
             current_setting('max_connections')::int
      """;

  private final Instance instance;
  private final SiteConfig config;
  private final Instant now;

  /** Of that instance, at that moment. */
  public UsageCheck(Instance instance, SiteConfig config, Instant now) {
    this.instance = instance;
    this.config = config;
    this.now = now;
  }

  /**
   * Takes what the server told, which has a connection to the database at hand; asks the database
   * itself only where the server does not tell, as signing in takes longer than all the rest. Who
   * does not answer tells nothing.
   *
   * @param told by the server
   */
  public Usage usage(Optional<ServerMetrics> told) {
    var history = new History(instance.layout().usage());
    return new Usage(
        told.map(server -> requests(history, server.traffic())),
        told.flatMap(ServerMetrics::database).or(this::database),
        new Usage.Space(Disk.near(instance.layout().root()).free(), history.daysLeft(now)),
        ServedCertificate.of(instance.layout(), config));
  }

  private Usage.Requests requests(History history, Traffic traffic) {
    Traffic lately = history.lately(traffic, now);
    return new Usage.Requests(
        lately.requests(), lately.quantile(SHARE), history.errorsInADay(traffic, now));
  }

  private Optional<Usage.Database> database() {
    DatabaseAddress address =
        instance.external().isPresent()
            ? instance.database()
            : instance.superuser().in(Instance.DATABASE);
    try (var connection = address.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(LOOK)) {
      return row.next()
          ? Optional.of(
              Usage.Database.of(row.getInt(1), row.getLong(2), row.getInt(3), row.getInt(4)))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.empty(); // it ended in this very moment; the services say so
    }
  }
}
