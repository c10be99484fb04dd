package dev.nanoctl.appliance;

import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The replication slots an instance keeps its log with, one for each target of backups. */
public final class ReplicationSlots {
  private static final String PREFIX = "nanoctl_";
  private static final int ID_DIGITS = 12;
  private static final String IN_USE = "55006";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(200);

  private static final String OWN =
      "SELECT slot_name FROM pg_replication_slots WHERE starts_with(slot_name, ?) ORDER BY 1";
  private static final String END =
      """
      SELECT pg_terminate_backend(active_pid)
        FROM pg_replication_slots
       WHERE slot_name = ? AND active_pid IS NOT NULL
      """;

  private ReplicationSlots() {}

  /**
   * The name of a target's slot. On a server that somebody else runs, on which there may be several
   * instances' slots, it begins with the instance's id.
   */
  public static String name(Instance instance, String target) {
    return (instance.external().isPresent() ? elsewhere(instance.id()) : PREFIX) + target;
  }

  /** Whether that slot on a server of somebody else is the one of an instance with that id. */
  static boolean own(String instance, String slot) {
    return !instance.isEmpty() && slot.startsWith(elsewhere(instance));
  }

  private static String elsewhere(String instance) {
    String digits = instance.replace("-", "");
    return PREFIX + digits.substring(0, Math.min(ID_DIGITS, digits.length())) + "_";
  }

  /** What whoever runs a server does to drop that instance's slots there. */
  static String sql(String instance) {
    return "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE"
        + " starts_with(slot_name, '%s')".formatted(elsewhere(instance));
  }

  /**
   * Drops that instance's slots on a server of somebody else, of which nobody may read any more,
   * and answers their names. A reader whose end the server has not noticed is ended there.
   */
  static List<String> drop(DatabaseAddress database, String instance)
      throws SQLException, InterruptedException {
    try (Connection connection = database.connect()) {
      List<String> slots = find(connection, instance);
      for (String slot : slots) {
        drop(connection, slot);
      }
      return slots;
    }
  }

  /** What is said where they stay. */
  static Problem left(String shown, String instance, String why) {
    return new Problem.Unavailable(
        "NC-DATABASE-SLOTS",
        "replication slots of this instance may be left at %s, which keeps log for them: %s"
            .formatted(shown, why),
        "have whoever runs it do: " + sql(instance));
  }

  private static List<String> find(Connection connection, String instance) throws SQLException {
    try (var query = connection.prepareStatement(OWN)) {
      query.setString(1, elsewhere(instance));
      try (var rows = query.executeQuery()) {
        var slots = new ArrayList<String>();
        while (rows.next()) {
          slots.add(rows.getString(1));
        }
        return slots;
      }
    }
  }

  private static void drop(Connection connection, String slot)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean patient = true;
    while (true) {
      try (var drop = connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
        drop.setString(1, slot);
        drop.execute();
        return;
      } catch (SQLException e) {
        long left = end - System.nanoTime();
        if (!IN_USE.equals(e.getSQLState()) || left < 0) {
          throw e;
        }
        if (patient && left < PATIENCE.toNanos() / 2) {
          patient = false;
          endReader(connection, slot);
        }
      }
      Thread.sleep(STEP);
    }
  }

  private static void endReader(Connection connection, String slot) throws SQLException {
    try (var end = connection.prepareStatement(END)) {
      end.setString(1, slot);
      end.execute();
    }
  }
}
