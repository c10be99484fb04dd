package dev.nanoctl.appliance.doctor;

import java.util.List;
import java.util.Set;

/**
 * What decides whether the files and the log of a server that somebody else runs can be read, and
 * opened here again.
 *
 * @param tablespaces the names of those beside PostgreSQL's own two
 * @param locales of the databases that are entered when the cluster is brought back
 * @param known the names of the locales that this machine has
 */
public record ReplicationFacts(
    Way way,
    Cluster cluster,
    Room room,
    List<String> tablespaces,
    List<DatabaseLocale> locales,
    Set<LocaleName> known) {
  /** Keeps its own copies. */
  public ReplicationFacts {
    tablespaces = List.copyOf(tablespaces);
    locales = List.copyOf(locales);
    known = Set.copyOf(known);
  }

  /**
   * The way in.
   *
   * @param role its name, quoted for SQL where that is needed
   * @param from the address the server sees this machine under, with its mask
   * @param encrypted whether the connections are
   * @param allowed whether the role may replicate
   * @param refused why no replication connection was let in, apart from the role's own right; empty
   *     when one was
   */
  public record Way(String role, String from, boolean encrypted, boolean allowed, String refused) {}

  /**
   * What kind of cluster it is.
   *
   * @param major version of the server
   * @param ours major version of the PostgreSQL that nanoctl brings along
   * @param walLevel how much it writes to its log
   * @param segment size of a segment of its log, in bytes
   * @param block size of a block, in bytes
   * @param bounded whether a slot that nobody reads keeps only so much log
   */
  public record Cluster(
      int major, int ours, String walLevel, long segment, int block, boolean bounded) {}

  /**
   * What is left for the instance; what it has already counts as left.
   *
   * @param slots replication slots
   * @param senders of log and files
   */
  public record Room(Left slots, Left senders) {}

  /**
   * What is left of something.
   *
   * @param most how many there can be
   * @param needed how many of the free ones the instance needs
   */
  public record Left(int most, int free, int needed) {}

  /** What a database was made with; both are opened by every session, whatever sorts its texts. */
  public record DatabaseLocale(String database, LocaleName collate, LocaleName ctype) {}
}
