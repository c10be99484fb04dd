package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A database server on a copy and one app beside it, in a network that leads nowhere: the app keeps
 * packages and index in its own folders, so that nothing it does can reach what is live.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> QUESTIONS =
      List.of(
          "/health",
          "/ready",
          "/",
          "/api/v1/categories",
          "/api/v1/nanos?limit=20&sort=newest",
          "/api/v1/search?q=a",
          "/openapi.json");

  /** The site of the rehearsal: its password is a new one, which its own database is told. */
  private static final String APP =
      """
      set -eu
      umask 077
      mkdir -p /site/secrets /site/state /site/run /site/logs /site/search /site/objects
      until [ -e /tmp/given ]; do sleep 0.1; done
      mv /tmp/given /site/secrets/database-password
      for name in postgres-password token-key link-key audit-key; do
        cp /site/secrets/database-password "/site/secrets/$name"
      done
      cat >/site/nanoctl.yml <<YAML
      server:
        port: 8080
      YAML
      cat >/site/state/instance.json <<JSON
      {"id": "rehearsal", "installed": true, "account": "root", "supervision": "daemon",
       "ports": {"engine": "embedded", "numbers": {"postgres": 5432}}}
      JSON
      exec nanoctl serve --site /site
      """;

  /** Nobody else is in its network, and it is asked for nothing but this. */
  private static final String PASSWORD =
      """
      password=$(cat)
      printf "ALTER ROLE nano PASSWORD '%s';" "$password" | psql -q -v ON_ERROR_STOP=1 -U postgres -h /tmp -d nano
      """;

  private static final String TIMES =
      "SELECT count(*) || ' migrations in ' || coalesce(sum(execution_time), 0) || ' ms'"
          + " FROM schema_history WHERE installed_on >= pg_postmaster_start_time()";

  private final DockerTool docker;
  private final VolumeCopies.Place place;
  private final String volume;
  private final String image;
  private final String database;
  private final String app;
  private final String network;

  Rehearsal(DockerTool docker, VolumeCopies.Place place, String volume, String image) {
    this.docker = docker;
    this.place = place;
    this.volume = volume;
    this.image = image;
    this.database = place.project() + "-rehearsal-postgres";
    this.app = place.project() + "-rehearsal-app";
    this.network = place.project() + "-rehearsal";
  }

  /** What is worth telling when all went well; whatever happens, nothing is left of it. */
  String run() throws InterruptedException {
    try {
      remove();
      startDatabase();
      long begin = System.nanoTime();
      startApp();
      awaitReady();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      ask();
      return "%s, ready after %.1f s, %d requests well"
          .formatted(sql(TIMES), took.toMillis() / 1000.0, QUESTIONS.size());
    } finally {
      remove();
    }
  }

  private String label() {
    return "dev.nanoctl.instance=" + place.instance();
  }

  private void startDatabase() throws InterruptedException {
    docker.run("network", "create", "--internal", "--label", label(), network);
    // its own rules let everybody in who is in its network, where there is nobody else
    docker.run(
        "run",
        "--detach",
        "--name",
        database,
        "--label",
        label(),
        "--network",
        network,
        "--user",
        "postgres",
        "--entrypoint",
        "sh",
        "--volume",
        volume + ":/copy",
        place.image(),
        "-c",
        "printf 'local all all trust\\nhost all all 127.0.0.1/32 scram-sha-256\\n' >/tmp/hba"
            + " && exec postgres -D /copy/data -c hba_file=/tmp/hba -c listen_addresses=127.0.0.1"
            + " -c unix_socket_directories=/tmp -c autovacuum=off");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!docker.succeeds("exec", database, "pg_isready", "-q", "-h", "/tmp", "-U", "postgres")) {
      requireRunning(database, deadline);
      Thread.sleep(250);
    }
  }

  private void startApp() throws InterruptedException {
    String password = java.util.UUID.randomUUID().toString();
    docker.run(List.of("exec", "-i", database, "sh", "-c", PASSWORD), password);
    docker.run(
        "run",
        "--detach",
        "--name",
        app,
        "--label",
        label(),
        "--network",
        "container:" + database,
        "--user",
        "0",
        "--entrypoint",
        "sh",
        image,
        "-c",
        APP);
    docker.run(
        List.of("exec", "-i", app, "sh", "-c", "umask 077; cat >/tmp/new; mv /tmp/new /tmp/given"),
        password);
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!docker.succeeds(curl("/ready"))) {
      requireRunning(app, deadline);
      Thread.sleep(250);
    }
  }

  private void ask() throws InterruptedException {
    for (String question : QUESTIONS) {
      try {
        docker.run(curl(question));
      } catch (ProblemException e) {
        throw failed("%s is not answered well: %s".formatted(question, e.problem().message()));
      }
    }
  }

  private String[] curl(String path) {
    return new String[] {
      "exec", app, "curl", "-fsS", "-m", "30", "-o", "/dev/null", "http://127.0.0.1:8080" + path
    };
  }

  private String sql(String query) throws InterruptedException {
    return docker.run(
        "exec", database, "psql", "-U", "postgres", "-h", "/tmp", "-d", "nano", "-Atc", query);
  }

  private void requireRunning(String container, long deadline) throws InterruptedException {
    boolean runs =
        docker.run("inspect", "--format", "{{.State.Running}}", container).equals("true");
    if (!runs || System.nanoTime() > deadline) {
      String last =
          docker
              .run("logs", "--tail", "3", container)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .collect(Collectors.joining("; "));
      throw failed((runs ? "it is not ready in time: " : "it ended: ") + last);
    }
  }

  private ProblemException failed(String why) {
    return new Problem.Verification(
            "NC-REHEARSAL-FAILED",
            "on a copy of the database %s does not work: %s".formatted(image, why),
            "nothing was changed; stay with the release that runs, and report this message")
        .raise();
  }

  private void remove() throws InterruptedException {
    docker.run("rm", "--force", "--volumes", app);
    docker.run("rm", "--force", "--volumes", database);
    docker.succeeds("network", "rm", network);
  }
}
