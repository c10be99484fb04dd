package dev.nanoctl.bench.fleet;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.fleet.DockerStack;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.engine.docker.fleet.Rendering;
import dev.nanoctl.appliance.engine.docker.fleet.VolumeCopies;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.fleet.Releases;
import dev.nanoctl.appliance.fleet.Schema;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.templates.Templates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Compose project with the shape of a real one: an entry as the templates configure it, a
 * database, and an app that is an nginx of its own, which answers who it is and leaves as the real
 * one does: it asks clients to go, breaks off reads, and only then closes.
 */
final class SmallProject implements AutoCloseable {
  static final String ENTRY_IMAGE = "nginx:1.30";
  static final String DATABASE_IMAGE = "postgres:18";

  private final DockerTool docker;
  private final Path folder;
  private final String name;
  private final int port;
  private final Schema schema;

  SmallProject(DockerTool docker, Path folder, Schema schema) throws Exception {
    this.docker = docker;
    this.folder = folder;
    this.schema = schema;
    this.name = "nanoctl-fleet-" + Long.toHexString(System.nanoTime());
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
    Files.createDirectories(folder.resolve("state"));
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("nanoctl.yml"), "site:\n  engine: docker\n");
    Files.writeString(folder.resolve("password"), "hunter2");
    entry();
    Files.writeString(folder.resolve("app.conf"), APP);
    build("a", APP_PROGRAM);
    build("b", APP_PROGRAM);
    build("broken", "echo no such column; exit 1");
    render(image("a"));
    compose("up", "--detach", "--wait");
    awaitAnswer();
    Releases.first(new Release(image("a"), "0.1.0", "037")).write(layout());
  }

  /**
   * Waits until the entry reaches the app: it asks for its addresses only once it runs, and notices
   * late that containers are back which the last test stopped.
   */
  void awaitAnswer() throws InterruptedException {
    docker.run(
        "exec",
        name + "-entry-1",
        "sh",
        "-c",
        "for i in $(seq 100); do curl -fs http://127.0.0.1/ && exit; sleep 0.1; done; exit 1");
  }

  /** The entry as the templates configure it behind a proxy that speaks TLS. */
  private void entry() throws IOException {
    Map<String, Object> values =
        Map.of(
            "instance",
            name,
            "tls",
            false,
            "forwardedProto",
            "$proxy_scheme",
            "uploadMegabytes",
            10);
    for (String file : List.of("nginx.conf", "locations.conf")) {
      Files.writeString(folder.resolve(file), Templates.render("nginx/" + file, values));
    }
  }

  /** What the entry says about requests that failed, its last lines. */
  String entryLog() throws InterruptedException {
    return docker
        .run("logs", name + "-entry-1")
        .lines()
        .filter(line -> line.contains("\"status\":5"))
        .collect(Collectors.joining("\n"));
  }

  private void build(String version, String program) throws IOException, InterruptedException {
    Path context = Files.createDirectories(folder.resolve(version));
    Files.writeString(context.resolve("app.sh"), program);
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM %s\nCOPY app.sh /\nENTRYPOINT [\"sh\", \"/app.sh\"]\n".formatted(ENTRY_IMAGE));
    docker.run("build", "--quiet", "--tag", image(version), context.toString());
  }

  String image(String version) {
    return name + "/app:" + version;
  }

  Layout layout() {
    return new Layout(new SiteFolder(folder));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The fleet, as a program that is this release sees it. */
  Fleet fleet(String version) {
    return new Fleet(layout(), parts(version), InstantSource.system(), line -> {});
  }

  Fleet.Parts parts(String version) {
    var release = new Release(image(version), "0.1.0", "");
    return new Fleet.Parts(stack(), copies(), schema, new Fleet.Known(release, release));
  }

  DockerStack stack() {
    var rendering =
        new Rendering() {
          @Override
          public void use(String image) throws IOException {
            render(image);
          }

          @Override
          public void build(String image) {}
        };
    return new DockerStack(docker, name, folder.resolve("compose.yml"), rendering);
  }

  private VolumeCopies copies() {
    var place = new VolumeCopies.Place(name, name, DATABASE_IMAGE, name + "-postgres");
    return new VolumeCopies(docker, stack(), place, () -> new Secret("hunter2"));
  }

  /** Asks the database. */
  String sql(String statement) throws InterruptedException {
    return docker.run(
        "exec",
        name + "-postgres-1",
        "sh",
        "-c",
        "PGPASSWORD=hunter2 psql -h 127.0.0.1 -U postgres -Atc \"" + statement + "\"");
  }

  /** Kills the process of a container, as a crash would. */
  void crash(String container) throws InterruptedException {
    String pid = docker.run("inspect", "--format", "{{.State.Pid}}", container);
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  void compose(String... arguments) throws InterruptedException {
    var line =
        new java.util.ArrayList<>(
            java.util.List.of(
                "compose", "-p", name, "-f", folder.resolve("compose.yml").toString()));
    line.addAll(java.util.List.of(arguments));
    docker.run(line.toArray(new String[0]));
  }

  private void render(String image) throws IOException {
    Files.writeString(
        folder.resolve("compose.yml"), COMPOSE.formatted(port, image, DATABASE_IMAGE, name));
  }

  @Override
  public void close() {
    try {
      for (String copy : copies().names()) {
        copies().drop(copy);
      }
      compose("down", "--volumes", "--timeout", "5");
      docker.run("rmi", image("a"), image("b"), image("broken"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final String APP =
      """
      server {
        listen 8080;
        keepalive_timeout 1h;
        set $phase "";
        if (-f /run/draining) { set $phase draining; }
        if (-f /run/leaving) { set $phase $request_method; }
        if ($phase = GET) { return 444; }
        if ($phase) { rewrite ^ /last; }
        location / { return 200 "$hostname"; }
        location /last { keepalive_timeout 0; return 200 "$hostname"; }
      }
      """;

  private static final String APP_PROGRAM =
      """
      nginx -g "daemon off;" &
      nginx=$!
      leave() {
        touch /run/draining; sleep 3
        touch /run/leaving; sleep 1
        kill -QUIT $nginx
      }
      trap leave TERM
      while kill -0 $nginx; do wait $nginx; done
      """;

  @SuppressWarnings("InlineFormatString") // a file of its own, to be read as one
  private static final String COMPOSE =
      """
      services:
        entry:
          image: nginx:1.30
          ports: ["127.0.0.1:%1$d:80"]
          volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "./locations.conf:/etc/nginx/locations.conf:ro"]
          depends_on: [app]
        app:
          image: %2$s
          restart: unless-stopped
          stop_signal: SIGTERM
          stop_grace_period: 20s
          volumes: ["./app.conf:/etc/nginx/conf.d/default.conf:ro"]
          healthcheck:
            test: [CMD, curl, -fsS, -o, /dev/null, "http://127.0.0.1:8080/"]
            interval: 1s
            start_period: 10s
            start_interval: 200ms
        postgres:
          image: %3$s
          environment: {POSTGRES_PASSWORD_FILE: /run/secrets/password}
          secrets: [password]
          volumes: ["postgres:/var/lib/postgresql"]
          healthcheck:
            test: [CMD, pg_isready, -q, -h, 127.0.0.1, -U, postgres]
            interval: 1s
            start_period: 60s
            start_interval: 300ms
      volumes:
        postgres: {name: %4$s-postgres}
      secrets:
        password: {file: ./password}
      """;
}
