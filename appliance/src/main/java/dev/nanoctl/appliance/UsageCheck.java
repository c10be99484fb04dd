package dev.nanoctl.appliance;

import dev.nanoctl.appliance.machine.Disk;
import dev.nanoctl.appliance.tls.ServedCertificate;
import dev.nanoctl.appliance.usage.History;
import dev.nanoctl.appliance.usage.Traffic;
import dev.nanoctl.core.site.SiteConfig;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Finds out how much of an instance is used. */
public final class UsageCheck {
  private static final double SHARE = 0.95;
  private static final String LOOK =
      """
      SELECT current_setting('server_version'), pg_database_size('%s'),
             (SELECT count(*) FROM pg_stat_activity
               WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
             current_setting('max_connections')::int
      """
          .formatted(Instance.DATABASE);

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
   * Asks the server and the database at once; who does not answer tells nothing.
   *
   * @param traffic asks the server for the requests it has answered so far
   */
  public Usage usage(Supplier<Optional<Traffic>> traffic) {
    var history = new History(instance.layout().usage());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var database = threads.submit(this::database);
      Optional<Usage.Requests> requests = traffic.get().map(counted -> requests(history, counted));
      return new Usage(
          requests,
          Futures.get(database),
          new Usage.Space(Disk.near(instance.layout().root()).free(), history.daysLeft(now)),
          ServedCertificate.of(instance.layout(), config));
    }
  }

  private Usage.Requests requests(History history, Traffic traffic) {
    Traffic lately = history.lately(traffic, now);
    return new Usage.Requests(
        lately.requests(), lately.quantile(SHARE), history.errorsInADay(traffic, now));
  }

  private Optional<Usage.Database> database() {
    try (var connection = instance.superuser().connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(LOOK)) {
      return row.next()
          ? Optional.of(
              new Usage.Database(row.getString(1), row.getLong(2), row.getInt(3), row.getInt(4)))
          : Optional.empty();
    } catch (SQLException e) {
      return Optional.empty(); // it ended in this very moment; the services say so
    }
  }
}
