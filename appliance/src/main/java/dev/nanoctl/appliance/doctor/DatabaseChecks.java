package dev.nanoctl.appliance.doctor;

import static dev.nanoctl.appliance.doctor.CheckResult.failed;
import static dev.nanoctl.appliance.doctor.CheckResult.ok;
import static dev.nanoctl.appliance.doctor.CheckResult.warning;

import dev.nanoctl.appliance.doctor.Facts.Database;
import dev.nanoctl.appliance.doctor.Facts.Database.Access;
import dev.nanoctl.appliance.doctor.Facts.DatabaseServer;
import dev.nanoctl.appliance.doctor.Facts.Replication;
import dev.nanoctl.core.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Checks of a database that somebody else runs, each a step further than the one before. */
final class DatabaseChecks {
  /** The oldest major version of PostgreSQL that is used. */
  static final int OLDEST = 15;

  /** The newest one. */
  static final int NEWEST = 18;

  /** What the server's pool, a command beside it and a backup take. */
  static final int CONNECTIONS = 15;

  private static final int MAJOR = 10_000;
  private static final String EXAMPLE = "db.example:5432/nanoctl";
  private static final DatabaseServer WELL =
      new DatabaseServer(
          18 * MAJOR,
          "UTF8",
          List.of(),
          Optional.empty(),
          100,
          new Replication(false, List.of(), Optional.empty()));

  private static final ReplicationFacts REFUSED =
      new ReplicationFacts(
          new ReplicationFacts.Way("nano", "192.0.2.7/32", true, false, "injected"),
          new ReplicationFacts.Cluster(18, 18, "replica", 16 << 20, 8192, false),
          new ReplicationFacts.Room(
              new ReplicationFacts.Left(10, 0, 1), new ReplicationFacts.Left(10, 0, 2)),
          List.of(),
          List.of(),
          Set.of());

  private DatabaseChecks() {}

  static List<Check> all() {
    return List.of(
        check("database-reachable", Access.NO_ANSWER, DatabaseChecks::reachable),
        check("database-tls", Access.NOT_TRUSTED, DatabaseChecks::tls),
        check("database-login", Access.DENIED, DatabaseChecks::login),
        inside("database-version", DatabaseChecks::version, s -> with(s, 14 * MAJOR, "UTF8")),
        inside("database-encoding", DatabaseChecks::encoding, s -> with(s, s.version(), "LATIN1")),
        inside("database-rights", DatabaseChecks::rights, s -> lacking(s, "make tables")),
        inside(
            "database-owner",
            (where, server) -> owner(server),
            s -> foreign(s, "the database belongs to another instance")),
        inside("database-connections", DatabaseChecks::connections, s -> with(s, 3)),
        inside(
            "database-replication",
            DatabaseChecks::replication,
            s -> with(s, new Replication(true, List.of(), Optional.of(REFUSED)))),
        inside(
            "database-slots",
            DatabaseChecks::slots,
            s -> with(s, new Replication(false, List.of("nanoctl_0_first"), Optional.empty()))));
  }

  private interface Judgement {
    CheckResult of(String where, DatabaseServer server);
  }

  private static Check check(String name, Access fault, Function<Database, CheckResult> judgement) {
    return new Check(
        name,
        true,
        facts -> judge(name, facts, judgement),
        facts ->
            NetworkChecks.withDatabase(
                facts, new Database(where(facts), fault, "injected", Optional.empty())));
  }

  private static Check inside(
      String name, Judgement judgement, UnaryOperator<DatabaseServer> fault) {
    return new Check(
        name,
        true,
        facts ->
            judge(
                name,
                facts,
                database ->
                    database
                        .server()
                        .map(server -> judgement.of(database.where(), server))
                        .orElseGet(() -> ok(name, "not known until it can be entered"))),
        facts ->
            NetworkChecks.withDatabase(
                facts,
                new Database(where(facts), Access.ENTERED, "", Optional.of(fault.apply(WELL)))));
  }

  private static CheckResult judge(
      String name, Facts facts, Function<Database, CheckResult> judgement) {
    return facts
        .network()
        .database()
        .map(judgement)
        .orElseGet(() -> ok(name, "nanoctl runs the database itself"));
  }

  private static String where(Facts facts) {
    return facts.network().database().map(Database::where).orElse(EXAMPLE);
  }

  private static DatabaseServer with(DatabaseServer s, int version, String encoding) {
    return new DatabaseServer(
        version, encoding, s.lacks(), s.foreign(), s.connections(), s.replication());
  }

  private static DatabaseServer with(DatabaseServer s, int connections) {
    return new DatabaseServer(
        s.version(), s.encoding(), s.lacks(), s.foreign(), connections, s.replication());
  }

  private static DatabaseServer with(DatabaseServer s, Replication replication) {
    return new DatabaseServer(
        s.version(), s.encoding(), s.lacks(), s.foreign(), s.connections(), replication);
  }

  private static DatabaseServer lacking(DatabaseServer s, String right) {
    return new DatabaseServer(
        s.version(), s.encoding(), List.of(right), s.foreign(), s.connections(), s.replication());
  }

  private static DatabaseServer foreign(DatabaseServer s, String why) {
    Problem problem = new Problem.Preflight("NC-DATABASE-FOREIGN", why, "name another database");
    return new DatabaseServer(
        s.version(),
        s.encoding(),
        s.lacks(),
        Optional.of(problem),
        s.connections(),
        s.replication());
  }

  private static CheckResult reachable(Database database) {
    return switch (database.access()) {
      case NO_PASSWORD ->
          failed(
              "database-reachable",
              "NC-DATABASE-PASSWORD",
              database.detail(),
              "name a file that holds it with --database-password-file, or write it into"
                  + " secrets/database-password of the site");
      case NO_ANSWER ->
          failed(
              "database-reachable",
              "NC-DATABASE-UNREACHABLE",
              "%s does not answer: %s".formatted(database.where(), database.detail()),
              "check postgres.external.host and port, the network, and whether PostgreSQL runs"
                  + " there");
      case NOT_TRUSTED, DENIED, ENTERED -> ok("database-reachable", database.where());
    };
  }

  private static CheckResult tls(Database database) {
    return switch (database.access()) {
      case NO_PASSWORD, NO_ANSWER -> unknown("database-tls");
      case NOT_TRUSTED ->
          failed(
              "database-tls",
              "NC-DATABASE-TLS",
              "the way to %s cannot be trusted: %s".formatted(database.where(), database.detail()),
              "name the authority of its certificate with postgres.external.ca, and the host as the"
                  + " certificate does");
      case DENIED, ENTERED -> ok("database-tls", "as configured");
    };
  }

  private static CheckResult login(Database database) {
    return switch (database.access()) {
      case NO_PASSWORD, NO_ANSWER, NOT_TRUSTED -> unknown("database-login");
      case DENIED ->
          failed(
              "database-login",
              "NC-DATABASE-LOGIN",
              "%s does not let the role in: %s".formatted(database.where(), database.detail()),
              "compare postgres.external.user, postgres.external.database and"
                  + " secrets/database-password with what whoever runs it says");
      case ENTERED -> ok("database-login", "the role is let in");
    };
  }

  private static CheckResult unknown(String name) {
    return ok(name, "not known until the steps before are done");
  }

  private static CheckResult version(String where, DatabaseServer server) {
    int major = server.version() / MAJOR;
    String shown = major + "." + server.version() % MAJOR;
    return major >= OLDEST && major <= NEWEST
        ? ok("database-version", "PostgreSQL " + shown)
        : failed(
            "database-version",
            "NC-DATABASE-VERSION",
            "%s is PostgreSQL %s".formatted(where, shown),
            "use PostgreSQL %d to %d".formatted(OLDEST, NEWEST));
  }

  private static CheckResult encoding(String where, DatabaseServer server) {
    return server.encoding().equals("UTF8")
        ? ok("database-encoding", "UTF8")
        : failed(
            "database-encoding",
            "NC-DATABASE-ENCODING",
            "%s keeps texts as %s".formatted(where, server.encoding()),
            "have a database made with ENCODING 'UTF8' TEMPLATE template0");
  }

  private static CheckResult rights(String where, DatabaseServer server) {
    return server.lacks().isEmpty()
        ? ok("database-rights", "the role may make what it needs")
        : failed(
            "database-rights",
            "NC-DATABASE-RIGHTS",
            "in %s the role cannot %s"
                .formatted(where, String.join(", and cannot ", server.lacks())),
            "let whoever runs it make the role the owner of the database: ALTER DATABASE … OWNER"
                + " TO …");
  }

  private static CheckResult owner(DatabaseServer server) {
    return server
        .foreign()
        .map(why -> failed("database-owner", why.code(), why.message(), why.fix()))
        .orElseGet(() -> ok("database-owner", "empty or this instance's own"));
  }

  private static CheckResult connections(String where, DatabaseServer server) {
    return server.connections() >= CONNECTIONS
        ? ok("database-connections", "%d can be had".formatted(server.connections()))
        : failed(
            "database-connections",
            "NC-DATABASE-CONNECTIONS",
            "%s has only %d connections left for the instance, which needs %d"
                .formatted(where, server.connections(), CONNECTIONS),
            "have max_connections, or the limit of the role or the database, raised");
  }

  private static CheckResult replication(String where, DatabaseServer server) {
    Replication replication = server.replication();
    Optional<Problem> missing =
        replication.found().flatMap(found -> ReplicationNeeds.problem(where, found));
    if (replication.wanted()) {
      return missing
          .map(why -> failed("database-replication", why.code(), why.message(), why.fix()))
          .orElseGet(() -> ok("database-replication", "files and log can be read"));
    }
    boolean possible = replication.found().isPresent() && missing.isEmpty();
    return ok(
        "database-replication",
        possible
            ? "not used; it would let any moment be restored: nanoctl config set"
                + " postgres.external.replication true, then nanoctl restart"
            : "not used");
  }

  private static CheckResult slots(String where, DatabaseServer server) {
    List<String> slots = server.replication().slots();
    return server.replication().wanted() || slots.isEmpty()
        ? ok("database-slots", "none is left over")
        : warning(
            "database-slots",
            "NC-DATABASE-SLOTS",
            "%s keeps log for this instance, which does not read it: %s"
                .formatted(where, String.join(", ", slots)),
            "nanoctl restart drops them");
  }
}
