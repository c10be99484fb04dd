package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.ReplicationNeeds;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The database an instance was installed with, and what its configuration says about it now. The
 * same database may be reached in another way from then on; another one is never begun with.
 */
final class NotedDatabase {
  private final Instance instance;
  private final SiteConfig config;
  private final Optional<ExternalDatabase> wanted;

  NotedDatabase(Instance instance, SiteConfig config) {
    this.instance = instance;
    this.config = config;
    this.wanted = config.postgres().external();
  }

  /**
   * A problem unless the configuration names the database that the instance has, and its files and
   * its log can be read if they are to be from now on.
   */
  void require() {
    require(true);
  }

  /** Notes how the database is reached now, which was {@linkplain #require() required} before. */
  void follow() throws IOException {
    require(false);
    if (!wanted.equals(instance.external())) {
      instance.with(Ports.embedded(wanted.orElseThrow())).write();
    }
  }

  private void require(boolean replication) {
    if (wanted.isPresent() != instance.external().isPresent()) {
      throw different().raise();
    }
    if (!wanted.equals(instance.external())) {
      enter(wanted.orElseThrow(), replication);
    }
  }

  /** Why nanoctl does not change the password of that database, and how it is changed. */
  static Problem passwordOfSomebodyElse(Instance instance) {
    return new Problem.Configuration(
        "NC-DATABASE-EXTERNAL",
        "the password of the database %s is changed by whoever runs it"
            .formatted(instance.external().map(ExternalDatabase::shown).orElse("")),
        "have it changed there, write the new one into %s, then: nanoctl restart"
            .formatted(instance.layout().secret(SecretNames.DATABASE)));
  }

  private Problem different() {
    String had = instance.external().map(ExternalDatabase::shown).orElse("one of its own");
    return new Problem.Configuration(
        "NC-DATABASE-DIFFERS",
        "the instance was installed with the database %s, and nanoctl.yml names %s"
            .formatted(had, wanted.map(ExternalDatabase::shown).orElse("none, for one of its own")),
        "set postgres.external as it was; an instance is moved by a backup that another one, with"
            + " the database it is to have, restores");
  }

  private void enter(ExternalDatabase database, boolean replication) {
    DatabaseAddress address = instance.database(database);
    try (var connection = address.connect()) {
      requireStamp(DatabaseStamp.owner(connection));
      if (replication && database.replication()) {
        requireReplication(connection, address, database);
      }
    } catch (SQLException e) {
      throw new Problem.Unavailable(
              "NC-DATABASE-UNREACHABLE",
              "the database %s, which nanoctl.yml names now, cannot be entered: %s"
                  .formatted(database.shown(), e.getMessage()),
              "set postgres.external as it was, or nanoctl doctor looks closer")
          .raise(e);
    }
  }

  private void requireStamp(DatabaseStamp.Owner owner) {
    boolean same =
        owner instanceof DatabaseStamp.Owner.Stamped(String id, boolean released)
            && id.equals(instance.id())
            && !released;
    if (!same) {
      throw different().raise();
    }
  }

  private void requireReplication(
      Connection connection, DatabaseAddress address, ExternalDatabase database)
      throws SQLException {
    DatabaseUse use = DatabaseUse.of(Optional.of(instance), config);
    new ReplicationLook(connection, address, use)
        .look()
        .found()
        .flatMap(found -> ReplicationNeeds.problem(database.shown(), found))
        .ifPresent(missing -> {
          throw missing.raise();
        });
  }
}
