package dev.nanoctl.server.main;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.nanoctl.server.db.Database;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/** What the database knows of the site's health, asked when somebody scrapes. */
final class SiteMetrics {
  /**
   * Several metrics come from one look, and no more than one answer: by these figures it is judged
   * whether the database answers, and it may have been killed just now.
   */
  private static final Duration FRESH = Duration.ofMillis(50);

  private static final String LOOK =
      """
      SELECT (SELECT count(*) FROM outbox WHERE parked_at IS NULL) AS outbox_waiting,
             (SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL) AS outbox_parked,
             (SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)
                FROM outbox WHERE parked_at IS NULL) AS outbox_oldest,
             (SELECT count(*) FROM job WHERE state = 'queued') AS jobs_queued,
             (SELECT count(*) FROM job WHERE state = 'running') AS jobs_running,
             (SELECT count(*) FROM job WHERE state = 'failed') AS jobs_failed,
             (SELECT count(*) FROM audit_pending) AS audit_pending,
             (SELECT seq FROM audit_head) AS audit_entries,
             (SELECT count(*) FROM moderation_case
               WHERE status = 'open') AS moderation_queue,
             (SELECT count(*) FROM nano_version)
               + (SELECT versions FROM purged) AS uploads,
             (SELECT count(DISTINCT user_id) FROM session
               WHERE used_at > now() - interval '1 day') AS active_users,
             pg_database_size(current_database()) AS database_size,
             (SELECT sum(numbackends) - 1 FROM pg_stat_database) AS database_clients,
             current_setting('max_connections') AS database_clients_max,
             current_setting('server_version_num') AS database_version
      """;

  private final Database database;
  private final InstantSource clock;
  private Instant lookedAt = Instant.EPOCH;
  private Map<String, Double> last = Map.of();

  private SiteMetrics(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  static void register(PrometheusRegistry registry, Database database, InstantSource clock) {
    SiteMetrics site = new SiteMetrics(database, clock);
    site.gauge(
        registry, "outbox_entries_waiting", "Side effects to be delivered.", "outbox_waiting");
    site.gauge(registry, "outbox_entries_parked", "Side effects given up.", "outbox_parked");
    site.gauge(registry, "outbox_oldest_seconds", "Age of the oldest one.", "outbox_oldest");
    site.gauge(registry, "jobs_queued", "Jobs that wait.", "jobs_queued");
    site.gauge(registry, "jobs_running", "Jobs under way.", "jobs_running");
    site.gauge(registry, "jobs_failed", "Jobs that failed and are still kept.", "jobs_failed");
    site.gauge(registry, "audit_entries_pending", "Entries to be sealed.", "audit_pending");
    site.counter(registry, "audit_entries_total", "Entries of the audit log.", "audit_entries");
    site.gauge(registry, "moderation_queue_size", "Cases to be decided.", "moderation_queue");
    site.counter(registry, "nano_uploads_total", "Versions that were uploaded.", "uploads");
    site.gauge(registry, "active_users", "Accounts that were here within a day.", "active_users");
    site.gauge(registry, "database_size_bytes", "What the database holds.", "database_size");
    site.gauge(registry, "database_clients", "Connections of all its users.", "database_clients");
    site.gauge(registry, "database_clients_max", "How many may be.", "database_clients_max");
    site.gauge(registry, "database_version_num", "PostgreSQL's version.", "database_version");
    GaugeWithCallback.builder()
        .name("database_connections")
        .help("Connections of the pool.")
        .labelNames("state")
        .callback(value -> {
          HikariPoolMXBean pool = database.pool();
          value.call(pool.getActiveConnections(), "active");
          value.call(pool.getIdleConnections(), "idle");
          value.call(pool.getThreadsAwaitingConnection(), "awaited");
        })
        .register(registry);
    JvmMetrics.builder().register(registry);
  }

  private void gauge(PrometheusRegistry registry, String name, String help, String column) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(value -> {
          Double known = look().get(column);
          if (known != null) {
            value.call(known);
          }
        })
        .register(registry);
  }

  private void counter(PrometheusRegistry registry, String name, String help, String column) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(value -> {
          Double known = look().get(column);
          if (known != null) {
            value.call(known);
          }
        })
        .register(registry);
  }

  /** What the database says; nothing while it does not answer. */
  private synchronized Map<String, Double> look() {
    Instant now = clock.instant();
    if (now.isBefore(lookedAt.plus(FRESH)) && !now.isBefore(lookedAt)) {
      return last;
    }
    try {
      last =
          database
              .jdbi()
              .withHandle(tx ->
                  tx.createQuery(LOOK)
                      .map((rs, _) -> {
                        Map<String, Double> row = new HashMap<>();
                        int columns = rs.getMetaData().getColumnCount();
                        for (int i = 1; i <= columns; i++) {
                          row.put(rs.getMetaData().getColumnLabel(i), rs.getDouble(i));
                        }
                        return row;
                      })
                      .one());
    } catch (JdbiException _) {
      last = Map.of();
    }
    lookedAt = now;
    return last;
  }
}
