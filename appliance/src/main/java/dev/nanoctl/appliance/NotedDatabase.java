package dev.nanoctl.appliance;

import dev.nanoctl.appliance.postgres.DatabaseStamp;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The database an instance was installed with, and what its configuration says about it now. The
 * same database may be reached in another way from then on; another one is never begun with.
 */
final class NotedDatabase {
  private final Instance instance;
  private final Optional<ExternalDatabase> wanted;

  NotedDatabase(Instance instance, SiteConfig config) {
    this.instance = instance;
    this.wanted = config.postgres().external();
  }

  /** A problem unless the configuration names the database that the instance has. */
  void require() {
    if (wanted.isPresent() != instance.external().isPresent()) {
      throw different().raise();
    }
    if (!wanted.equals(instance.external())) {
      requireStamp(wanted.orElseThrow());
    }
  }

  /** Notes how the database is reached now. */
  void follow() throws IOException {
    require();
    if (!wanted.equals(instance.external())) {
      instance.with(Ports.embedded(wanted.orElseThrow())).write();
    }
  }

  /** Why nanoctl does not change the password of that database, and how it is changed. */
  static Problem passwordOfSomebodyElse(Instance instance) {
    return new Problem.Configuration(
        "NC-DATABASE-EXTERNAL",
        "the password of the database %s is changed by whoever runs it"
            .formatted(instance.external().map(ExternalDatabase::shown).orElse("")),
        "have it changed there, write the new one into %s, then: nanoctl restart"
            .formatted(instance.layout().secret("database-password")));
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

  private void requireStamp(ExternalDatabase database) {
    DatabaseStamp.Owner owner;
    try (var connection = instance.database(database).connect()) {
      owner = DatabaseStamp.owner(connection);
    } catch (SQLException e) {
      throw new Problem.Unavailable(
              "NC-DATABASE-UNREACHABLE",
              "the database %s, which nanoctl.yml names now, cannot be entered: %s"
                  .formatted(database.shown(), e.getMessage()),
              "set postgres.external as it was, or nanoctl doctor looks closer")
          .raise(e);
    }
    boolean same =
        owner instanceof DatabaseStamp.Owner.Stamped(String id, boolean released)
            && id.equals(instance.id())
            && !released;
    if (!same) {
      throw different().raise();
    }
  }
}
