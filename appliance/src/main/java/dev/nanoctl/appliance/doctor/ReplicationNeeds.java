package dev.nanoctl.appliance.doctor;

import dev.nanoctl.appliance.doctor.ReplicationFacts.Cluster;
import dev.nanoctl.appliance.doctor.ReplicationFacts.DatabaseLocale;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Left;
import dev.nanoctl.appliance.doctor.ReplicationFacts.Way;
import dev.nanoctl.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a server that somebody else runs lacks for being backed up by its files and its log. */
public final class ReplicationNeeds {
  /** How to do without. */
  static final String WITHOUT =
      "or back up its tables only, at the moments of backups: nanoctl config set"
          + " postgres.external.replication false (at an installation: leave --database-replication"
          + " out)";

  private static final String CODE = "NC-DATABASE-REPLICATION";
  private static final long SEGMENT = 16L << 20;
  private static final int BLOCK = 8192;

  /**
   * Something that is missing.
   *
   * @param what in words
   * @param remedy what whoever runs the server does about it
   */
  record Missing(String what, String remedy) {}

  private final List<Missing> missing = new ArrayList<>();

  private ReplicationNeeds() {}

  /** A problem that lists all that is missing; empty when nothing is. */
  public static Optional<Problem> problem(String where, ReplicationFacts facts) {
    List<Missing> missing = missing(facts);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String what = missing.stream().map(Missing::what).collect(Collectors.joining(", "));
    String remedies =
        missing.stream().map(Missing::remedy).distinct().collect(Collectors.joining("; "));
    return Optional.of(
        new Problem.Preflight(
            CODE,
            "the files and the log of %s cannot be backed up: %s".formatted(where, what),
            "have whoever runs it do: %s; %s".formatted(remedies, WITHOUT)));
  }

  /** All that is missing, the nearest first. */
  static List<Missing> missing(ReplicationFacts facts) {
    var needs = new ReplicationNeeds();
    needs.way(facts.way());
    needs.cluster(facts.cluster());
    needs.room("replication slots", "max_replication_slots", facts.room().slots());
    needs.room("senders of log", "max_wal_senders", facts.room().senders());
    if (!facts.tablespaces().isEmpty()) {
      needs.add(
          "there are tablespaces (%s)".formatted(String.join(", ", facts.tablespaces())),
          "move what is in them into pg_default, and DROP TABLESPACE");
    }
    needs.locales(facts.locales(), facts.known());
    return List.copyOf(needs.missing);
  }

  private void way(Way way) {
    if (!way.allowed()) {
      add(
          "the role %s may not replicate".formatted(way.role()),
          "ALTER ROLE %s REPLICATION".formatted(way.role()));
    }
    if (!way.refused().isEmpty()) {
      add(
          "no replication connection is let in (%s)".formatted(way.refused()),
          "the line \"%s replication %s %s scram-sha-256\" in pg_hba.conf and SELECT"
                  .formatted(way.encrypted() ? "hostssl" : "host", way.role(), way.from())
              + " pg_reload_conf()");
    }
  }

  private void cluster(Cluster cluster) {
    if (cluster.major() != cluster.ours()) {
      add(
          "it is PostgreSQL %d, and is brought back with PostgreSQL %d"
              .formatted(cluster.major(), cluster.ours()),
          "upgrade it to PostgreSQL %d".formatted(cluster.ours()));
    }
    if (!Set.of("replica", "logical").contains(cluster.walLevel())) {
      add(
          "wal_level is " + cluster.walLevel(),
          "ALTER SYSTEM SET wal_level = 'replica' and a restart of the server");
    }
    if (!cluster.bounded()) {
      add(
          "a slot that nobody reads could fill its disk, as max_slot_wal_keep_size is -1",
          "ALTER SYSTEM SET max_slot_wal_keep_size = '10GB' (or what its disk can spare) and SELECT"
              + " pg_reload_conf()");
    }
    if (cluster.segment() != SEGMENT) {
      add(
          "the segments of its log have %d MB instead of 16".formatted(cluster.segment() >> 20),
          "make the cluster with initdb --wal-segsize=16");
    }
    if (cluster.block() != BLOCK) {
      add(
          "its blocks have %d bytes instead of %d".formatted(cluster.block(), BLOCK),
          "use a PostgreSQL that is built with the usual blocks");
    }
  }

  private void room(String what, String setting, Left left) {
    int more = left.needed() - left.free();
    if (more > 0) {
      add(
          "of its %d %s %d are free and %d needed"
              .formatted(left.most(), what, left.free(), left.needed()),
          "ALTER SYSTEM SET %s = %d and a restart of the server"
              .formatted(setting, left.most() + more));
    }
  }

  private void locales(List<DatabaseLocale> locales, Set<LocaleName> known) {
    var unknown = new LinkedHashSet<String>();
    var databases = new LinkedHashSet<String>();
    for (DatabaseLocale locale : locales) {
      for (LocaleName name : List.of(locale.collate(), locale.ctype())) {
        if (!anywhere(name) && !known.contains(name)) {
          unknown.add(name.name());
          databases.add(locale.database());
        }
      }
    }
    if (!unknown.isEmpty()) {
      String names = String.join(", ", unknown);
      add(
          "this machine does not have the locale %s of the database %s"
              .formatted(names, String.join(", ", databases)),
          "(on this machine, not there) make the locale %s: locale-gen, or localedef"
              .formatted(names));
    }
  }

  private static boolean anywhere(LocaleName name) {
    return Set.of("C", "POSIX").contains(name.name().toUpperCase(Locale.ROOT));
  }

  private void add(String what, String remedy) {
    missing.add(new Missing(what, remedy));
  }
}
