package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.DatabaseSetup;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.core.Problem;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fills the database of an instance's container with what another server on this machine has, by
 * pg_dump and pg_restore: the two may differ in collations, superusers and rules of access. Then
 * the rows of every table are counted on both sides.
 */
public final class DatabaseCopy {
  private static final String DUMP =
      DockerTool.withPassword(
          "pg_dump -h 127.0.0.1 -p \"$0\" -U \"$1\" -w -F c -Z 0 --no-owner --no-acl \"$2\"");

  private static final String PASSWORD = "/tmp/nanoctl-copy";

  private static final String FILL =
      """
      PGPASSFILE=%s pg_restore -h 127.0.0.1 -U postgres -w -d "$0" --role="$0" \
        --no-owner --no-acl --exit-on-error --single-transaction
      """
          .formatted(PASSWORD);

  private static final String COUNT =
      """
      SELECT format('%I.%I', n.nspname, c.relname),
             (xpath('/row/n/text()',
                    query_to_xml(format('SELECT count(*) AS n FROM %I.%I', n.nspname, c.relname),
                                 false, true, '')))[1]::text::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """;

  private final DockerTool docker;
  private final DockerStack stack;
  private final String image;

  /**
   * A copy into the container of that project.
   *
   * @param image the database's image, whose programs read the other server
   */
  public DatabaseCopy(DockerTool docker, DockerStack stack, String image) {
    this.docker = docker;
    this.stack = stack;
    this.image = image;
  }

  /**
   * Copies; what an earlier try left is removed first.
   *
   * @param from the other server's superuser, on the loopback address
   * @return what was copied, for people
   */
  public String run(Instance instance, DatabaseAddress from, Progress progress)
      throws InterruptedException, SQLException {
    DatabaseAddress to = instance.superuser();
    to.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(Instance.DATABASE));
    DatabaseSetup.make(instance);
    String container = stack.container("postgres");
    docker.run(
        List.of(
            "exec", "-i", "-u", "postgres", container, "sh", "-c", "umask 077; cat >" + PASSWORD),
        "*:*:*:postgres:" + to.password().value() + "\n");
    try {
      progress.going("copying rows");
      docker.pipe(dump(from), "*:*:*:*:" + from.password().value() + "\n", fill(container));
    } finally {
      docker.run("exec", container, "rm", "-f", PASSWORD);
    }
    progress.going("comparing rows");
    return compared(from.in(Instance.DATABASE), to.in(Instance.DATABASE));
  }

  private List<String> dump(DatabaseAddress from) {
    return List.of(
        "run",
        "--rm",
        "-i",
        "--network",
        "host",
        "--user",
        "postgres",
        "--entrypoint",
        "sh",
        image,
        "-c",
        DUMP,
        Integer.toString(from.port()),
        from.user(),
        Instance.DATABASE);
  }

  private static List<String> fill(String container) {
    return List.of("exec", "-i", "-u", "postgres", container, "sh", "-c", FILL, Instance.DATABASE);
  }

  private static String compared(DatabaseAddress from, DatabaseAddress to) throws SQLException {
    Map<String, Long> there = rows(from);
    Map<String, Long> here = rows(to);
    if (!there.equals(here)) {
      throw new Problem.Verification(
              "NC-MIGRATE-INCOMPLETE",
              "the copied database is not the same: %s there, %s here".formatted(there, here),
              "nanoctl logs postgres; the instance goes on as it was")
          .raise();
    }
    to.execute("ANALYZE");
    long rows = here.values().stream().mapToLong(Long::longValue).sum();
    return "%d rows of %d tables".formatted(rows, here.size());
  }

  private static Map<String, Long> rows(DatabaseAddress database) throws SQLException {
    var rows = new TreeMap<String, Long>();
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(COUNT)) {
      while (result.next()) {
        rows.put(result.getString(1), result.getLong(2));
      }
    }
    return rows;
  }
}
