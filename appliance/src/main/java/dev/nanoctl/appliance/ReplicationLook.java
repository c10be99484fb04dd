package dev.nanoctl.appliance;

import dev.nanoctl.appliance.doctor.Facts;
import dev.nanoctl.appliance.doctor.LocaleName;
import dev.nanoctl.appliance.doctor.ReplicationFacts;
import dev.nanoctl.appliance.doctor.ReplicationFacts.DatabaseLocale;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Left;
import dev.nanoctl.appliance.machine.SystemLocales;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.appliance.postgres.ProgramsArchive;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether files and log of a server that somebody else runs can be read by the role that is
 * there, without changing anything.
 */
final class ReplicationLook {
  private static final String NOT_ALLOWED = "42501";
  private static final int MAJOR = 10_000;

  private static final String ROLE =
      """
      SELECT quote_ident(current_user), rolreplication OR rolsuper, inet_client_addr()::text
        FROM pg_roles
       WHERE rolname = current_user
      """;

  private static final String CLUSTER =
      """
      SELECT current_setting('server_version_num')::int,
             current_setting('wal_level'),
             pg_size_bytes(current_setting('wal_segment_size')),
             current_setting('block_size')::int,
             coalesce(current_setting('max_slot_wal_keep_size', true), '-1') <> '-1',
             current_setting('max_replication_slots')::int,
             current_setting('max_wal_senders')::int,
             (SELECT count(*) FROM pg_stat_replication WHERE usename IS DISTINCT FROM current_user)
      """;

  private static final String SLOTS = "SELECT slot_name FROM pg_replication_slots ORDER BY 1";

  private static final String TABLESPACES =
      """
      SELECT spcname
        FROM pg_tablespace
       WHERE spcname NOT IN ('pg_default', 'pg_global')
       ORDER BY spcname
      """;

  // the other two are what a cluster is entered by that was brought back
  private static final String LOCALES =
      """
      SELECT datname, datcollate, datctype
        FROM pg_database
       WHERE datname IN (current_database(), 'postgres', 'template1')
       ORDER BY datname
      """;

  private final Connection connection;
  private final DatabaseAddress address;
  private final DatabaseUse use;

  /** Of the database that the connection leads to. */
  ReplicationLook(Connection connection, DatabaseAddress address, DatabaseUse use) {
    this.connection = connection;
    this.address = address;
    this.use = use;
  }

  Facts.Replication look() throws SQLException {
    List<String> slots = texts(SLOTS);
    List<String> own =
        slots.stream().filter(slot -> ReplicationSlots.own(use.instance(), slot)).toList();
    Optional<ReplicationFacts> found =
        use.replication() || allowed()
            ? Optional.of(found(slots.size() - own.size()))
            : Optional.empty();
    return new Facts.Replication(use.replication(), own, found);
  }

  /** What decides, of whatever the instance wants. */
  private ReplicationFacts found(int slotsOfOthers) throws SQLException {
    ReplicationFacts.Way way = way();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(CLUSTER)) {
      row.next();
      var cluster =
          new ReplicationFacts.Cluster(
              row.getInt(1) / MAJOR,
              Integer.parseInt(ProgramsArchive.here().version().replaceFirst("\\..*", "")),
              row.getString(2),
              row.getLong(3),
              row.getInt(4),
              row.getBoolean(5));
      return new ReplicationFacts(
          way, cluster, room(row, slotsOfOthers), texts(TABLESPACES), locales(), known());
    }
  }

  /** A backup reads files beside the log of every target. */
  private ReplicationFacts.Room room(ResultSet row, int slotsOfOthers) throws SQLException {
    int slots = row.getInt(6);
    int senders = row.getInt(7);
    return new ReplicationFacts.Room(
        new Left(slots, slots - slotsOfOthers, use.targets()),
        new Left(senders, senders - row.getInt(8), use.targets() + 1));
  }

  private boolean allowed() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(ROLE)) {
      return row.next() && row.getBoolean(2);
    }
  }

  private ReplicationFacts.Way way() throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(ROLE)) {
      row.next();
      return new ReplicationFacts.Way(
          row.getString(1),
          Optional.ofNullable(row.getString(3)).orElse("samehost"),
          address.encryption() instanceof Encryption.Verified,
          row.getBoolean(2),
          refused());
    }
  }

  /** What is said about a missing right of the role is known from the role itself. */
  private String refused() {
    try (var replication = address.connectForReplication();
        var statement = replication.createStatement();
        var row = statement.executeQuery("IDENTIFY_SYSTEM")) {
      return row.next() ? "" : "it does not say which cluster it is";
    } catch (SQLException e) {
      return NOT_ALLOWED.equals(e.getSQLState()) ? "" : DatabaseLook.reason(e);
    }
  }

  private List<DatabaseLocale> locales() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(LOCALES)) {
      var locales = new ArrayList<DatabaseLocale>();
      while (rows.next()) {
        locales.add(
            new DatabaseLocale(
                rows.getString(1),
                new LocaleName(rows.getString(2)),
                new LocaleName(rows.getString(3))));
      }
      return locales;
    }
  }

  private static Set<LocaleName> known() {
    try {
      return SystemLocales.names().stream()
          .map(LocaleName::new)
          .collect(Collectors.toUnmodifiableSet());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Set.of();
    }
  }

  private List<String> texts(String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
