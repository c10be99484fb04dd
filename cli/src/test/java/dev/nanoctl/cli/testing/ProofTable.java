package dev.nanoctl.cli.testing;

import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A table of a test's own in an instance's database, by which it is seen what a restore brings. */
public final class ProofTable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path site;

  /** In the database of that site. */
  public ProofTable(Path site) {
    this.site = site;
  }

  /** Makes it, with these numbers. */
  public void create(int... numbers) throws Exception {
    execute("CREATE TABLE proof (n int)");
    for (int number : numbers) {
      add(number);
    }
  }

  /** One row more. */
  public void add(int number) throws Exception {
    execute("INSERT INTO proof VALUES (" + number + ")");
  }

  /** One row less. */
  public void remove(int number) throws Exception {
    execute("DELETE FROM proof WHERE n = " + number);
  }

  /** Its numbers, such as {@code 1 2 3}. */
  public String rows() throws Exception {
    return text("SELECT string_agg(n::text, ' ' ORDER BY n) FROM proof");
  }

  /** A moment after everything that was written and before anything else. */
  public static Instant now() throws InterruptedException {
    Thread.sleep(20);
    Instant now = Instant.now();
    Thread.sleep(20);
    return now;
  }

  /** Ends the segment of log that is written; the next one begins up to 16 MiB later. */
  public void endSegment() throws Exception {
    instance().superuser().execute("SELECT pg_switch_wal()");
  }

  /** Everything that was committed until now has reached the first target. */
  public void awaitShipped() throws Exception {
    awaitShipped("first");
  }

  /** Everything that was committed until now has reached that target. */
  public void awaitShipped(String target) throws Exception {
    String now = text("SELECT pg_current_wal_insert_lsn()::text");
    await()
        .atMost(PATIENCE)
        .until(() ->
            text("SELECT '%s'::pg_lsn >= '%s'::pg_lsn".formatted(durable(target), now))
                .equals("t"));
  }

  private String durable(String target) throws Exception {
    Path note = site.resolve("state/backup").resolve(target + "-shipping.json");
    return Files.exists(note)
        ? Json.parseObject(Files.readAllBytes(note)).text("durable").orElse("0/0")
        : "0/0";
  }

  private Instance instance() {
    return Instance.require(new SiteFolder(site));
  }

  private void execute(String sql) throws Exception {
    instance().database().execute(sql);
  }

  /** The first column of the first row. */
  public String text(String sql) throws Exception {
    try (var connection = instance().database().connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
