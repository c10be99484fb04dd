package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of a cluster that somebody else set up, to be opened apart from everything. Nothing of
 * their configuration is followed: it is made for another machine, and may archive, replicate or
 * load what is not here.
 */
final class ForeignCluster {
  /** Who is superuser of it from then on, beside whoever was. */
  static final String SUPERUSER = "nanoctl_spare";

  /** What keeps it to itself: no subscriptions, nothing that runs when somebody enters. */
  static final List<String> SETTINGS =
      List.of(
          "password_encryption=scram-sha-256",
          "max_logical_replication_workers=0",
          "max_prepared_transactions=1000",
          "event_triggers=off");

  private final Cluster cluster;

  ForeignCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Puts a configuration in the place of theirs: over the loopback address, and these two only. */
  void configure(String role) throws IOException {
    Path data = cluster.data();
    var texts =
        Map.of(
            "postgresql.conf",
            "",
            "pg_ident.conf",
            "",
            "pg_hba.conf",
            """
            host all %1$s,"%2$s" 127.0.0.1/32 scram-sha-256
            host replication %1$s 127.0.0.1/32 scram-sha-256
            """
                .formatted(SUPERUSER, role));
    for (var text : texts.entrySet()) {
      Files.writeString(data.resolve(text.getKey()), text.getValue());
    }
    Files.deleteIfExists(data.resolve("standby.signal"));
  }

  /** Makes the superuser; it must not run meanwhile. Nobody else can enter in that mode. */
  void makeSuperuser(Secret password) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(cluster.programs().program("postgres"), "--single", "-D", PostgresServer.HERE));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    // what is refused is said without the statement, which holds the password
    command.addAll(List.of("-c", "log_min_error_statement=panic", "template1"));
    Process process = PostgresServer.builder(cluster, command).redirectErrorStream(true).start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      in.write(
          "CREATE ROLE %s LOGIN SUPERUSER PASSWORD '%s'\n".formatted(SUPERUSER, password.value()));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean refused =
        said.lines().anyMatch(line -> line.contains("ERROR:") || line.contains("FATAL:"));
    if (process.waitFor() != 0 || refused) {
      throw new Problem.Unavailable(
              "NC-RESTORE-ADOPT",
              "the restored cluster of the other server cannot be entered: "
                  + said.lines()
                      .filter(line -> line.contains("ERROR:") || line.contains("FATAL:"))
                      .findFirst()
                      .orElse("no reason given"),
              "nanoctl doctor looks at what it needs here")
          .raise();
    }
  }
}
