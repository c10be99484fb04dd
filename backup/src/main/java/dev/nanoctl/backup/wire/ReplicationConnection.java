package dev.nanoctl.backup.wire;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A connection for the commands of physical replication. */
public final class ReplicationConnection implements AutoCloseable {
  private static final Pattern SLOT = Pattern.compile("[a-z0-9_]{1,63}");

  private final PostgresConnection connection;

  private ReplicationConnection(PostgresConnection connection) {
    this.connection = connection;
  }

  /** Connects; the role needs {@code REPLICATION}. */
  public static ReplicationConnection open(ServerAddress address) throws IOException {
    return new ReplicationConnection(PostgresConnection.replication(address));
  }

  /** Which cluster this is, and where its log ends. */
  public DatabaseIdentity identify() throws IOException {
    List<String> row = only(connection.query("IDENTIFY_SYSTEM"), "IDENTIFY_SYSTEM");
    return new DatabaseIdentity(
        Long.parseUnsignedLong(row.get(0)),
        Integer.parseInt(row.get(1)),
        LogPosition.parse(row.get(2)));
  }

  /** How a timeline came about; the first has no history and is not asked for. */
  public TimelineHistory history(int timeline) throws IOException {
    if (timeline == 1) {
      return TimelineHistory.none(1);
    }
    List<String> row = only(connection.query("TIMELINE_HISTORY " + timeline), "TIMELINE_HISTORY");
    return TimelineHistory.parse(timeline, row.get(1));
  }

  /** A setting of the server. */
  public String show(String setting) throws IOException {
    return only(connection.query("SHOW " + setting), "SHOW").getFirst();
  }

  /** Makes a slot that keeps log from now on; one of that name is left as it is. */
  public void createSlot(String name) throws IOException {
    try {
      connection.query(
          "CREATE_REPLICATION_SLOT %s PHYSICAL (RESERVE_WAL)".formatted(checked(name)));
    } catch (PostgresException e) {
      if (!e.is("42710")) {
        throw e;
      }
    }
  }

  /** The slot of that name; empty when there is none, or when it keeps no log. */
  public Optional<Slot> slot(String name) throws IOException {
    List<String> row =
        only(connection.query("READ_REPLICATION_SLOT " + checked(name)), "READ_REPLICATION_SLOT");
    if (row.get(0).isEmpty() || row.get(1).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Slot(name, LogPosition.parse(row.get(1)), Integer.parseInt(row.get(2))));
  }

  /** Removes a slot, after which the server may remove the log it kept. */
  public void dropSlot(String name) throws IOException {
    connection.query("DROP_REPLICATION_SLOT " + checked(name));
  }

  /**
   * Begins a base backup. Read it to its end; until then this connection is of no other use.
   *
   * @param label shown in the server's log and in {@code backup_label}
   * @param fast whether the checkpoint is made at once, at the cost of a burst of writing
   */
  public BackupStream baseBackup(String label, boolean fast) throws IOException {
    connection.send(
        """
        BASE_BACKUP (LABEL '%s', PROGRESS, CHECKPOINT '%s', WAL 0, TABLESPACE_MAP true,
          MANIFEST 'yes', MANIFEST_CHECKSUMS 'CRC32C')\
        """
            .formatted(label.replace("'", "''"), fast ? "fast" : "spread"));
    return BackupStream.begin(connection);
  }

  /**
   * Streams log from a position on.
   *
   * @param timeline the one to read, which may be an older one of the server's
   */
  public LogStream stream(String slot, LogPosition from, int timeline) throws IOException {
    connection.send(
        "START_REPLICATION SLOT %s PHYSICAL %s TIMELINE %d"
            .formatted(checked(slot), from, timeline));
    return LogStream.begin(connection, from);
  }

  /** Asks the server to give up the command at work; from any thread. */
  public void cancel() throws IOException {
    connection.cancel();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private static List<String> only(List<List<String>> rows, String command)
      throws ProtocolException {
    if (rows.size() != 1) {
      throw new ProtocolException("%s answered with %d rows".formatted(command, rows.size()));
    }
    return rows.getFirst();
  }

  private static String checked(String name) {
    if (!SLOT.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a slot: " + name);
    }
    return name;
  }
}
