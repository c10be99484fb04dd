package dev.nanoctl.backup.pg;

import dev.nanoctl.backup.wire.PostgresConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One PostgreSQL cluster of a test: started, stopped, killed and started again as it pleases. */
public final class TestPostgres implements AutoCloseable {
  /** The superuser's password. */
  public static final Secret PASSWORD = new Secret("test, not a secret: ä");

  private static final String USER = "tester";
  private static final Object TEMPLATE_LOCK = new Object();

  private final Path home;
  private final int port;
  private final List<String> settings;
  private Optional<Process> process = Optional.empty();

  private TestPostgres(Path home, List<String> settings) throws IOException {
    this.home = home;
    this.settings = List.copyOf(settings);
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  /** A new cluster, started, with more settings, each {@code name=value}. */
  public static TestPostgres started(String... settings) throws IOException, InterruptedException {
    TestPostgres postgres = at(fresh(), settings);
    TestPrograms.check(
        new ProcessBuilder("cp", "-a", template().toString(), postgres.data().toString()));
    postgres.start();
    return postgres;
  }

  /** A cluster of which the data directory is to be made by the test; not started. */
  public static TestPostgres empty(String... settings) throws IOException {
    return at(fresh(), settings);
  }

  private static TestPostgres at(Path home, String... settings) throws IOException {
    return new TestPostgres(home, List.of(settings));
  }

  private static Path fresh() throws IOException {
    Path home = Files.createTempDirectory("nanoctl-backup-test-");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }

  private static Path template() throws IOException, InterruptedException {
    synchronized (TEMPLATE_LOCK) {
      Path programs = TestPrograms.home();
      Path template = programs.resolve("template");
      if (!Files.exists(template)) {
        Path made = fresh();
        Path password = made.resolve("password");
        Files.writeString(password, PASSWORD.value() + "\n");
        TestPrograms.own(made);
        List<String> initdb =
            List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + made.resolve("data"),
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync",
                "--data-checksums");
        TestPrograms.check(new ProcessBuilder(TestPrograms.unprivileged(initdb)));
        try {
          Files.move(made.resolve("data"), template);
        } catch (IOException e) {
          if (!Files.exists(template)) {
            throw e;
          }
        }
        TestPrograms.delete(made);
      }
      return template;
    }
  }

  /** Its data directory. */
  public Path data() {
    return home.resolve("data");
  }

  /** A folder beside the data directory that goes with it. */
  public Path home() {
    return home;
  }

  /** Its superuser. */
  public ServerAddress address() {
    return addressOf(port);
  }

  /** The superuser of the server of a test on that port. */
  public static ServerAddress addressOf(int port) {
    return ServerAddress.local(port, USER, PASSWORD);
  }

  /** Starts it and waits until it lets people in. */
  public void start() throws IOException, InterruptedException {
    launch();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!answers()) {
      if (!running() || System.nanoTime() > end) {
        throw new IOException("postgres does not start:\n" + log());
      }
      Thread.sleep(50);
    }
  }

  /** Starts it without waiting. */
  public void launch() throws IOException {
    TestPrograms.own(home);
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
    List<String> command = new ArrayList<>();
    try {
      command.add(TestPrograms.home().resolve("bin/postgres").toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port)));
    List<String> all =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "shared_buffers=16MB",
                "io_method=sync",
                "fsync=off",
                "timezone=UTC",
                "log_checkpoints=off"));
    all.addAll(settings);
    all.forEach(setting -> command.addAll(List.of("-c", setting)));
    process =
        Optional.of(
            new ProcessBuilder(TestPrograms.unprivileged(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
                .start());
  }

  private boolean answers() {
    try (PostgresConnection connection = PostgresConnection.open(address(), "postgres")) {
      return !connection.query("SELECT 1").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the process is there. */
  public boolean running() {
    return process.map(Process::isAlive).orElse(false);
  }

  /** Waits until it ended by itself. */
  public boolean awaitEnd(int seconds) throws InterruptedException {
    return process.orElseThrow().waitFor(seconds, TimeUnit.SECONDS);
  }

  /** What it logged. */
  public String log() throws IOException {
    return Files.readString(home.resolve("log"));
  }

  /** Whether it came out of recovery. */
  public boolean primary() throws IOException {
    return sql("SELECT pg_is_in_recovery()").getFirst().getFirst().equals("f");
  }

  /** Runs a statement in the database {@code postgres}. */
  public List<List<String>> sql(String statement) throws IOException {
    try (PostgresConnection connection = PostgresConnection.open(address(), "postgres")) {
      return connection.query(statement);
    }
  }

  /** Ends it in good order. */
  public void stop() throws InterruptedException {
    process.ifPresent(p -> signal(p, "INT"));
    waitForEnd();
  }

  /** Kills the postmaster and whatever it started, as a failing machine would. */
  public void kill() throws InterruptedException {
    process.ifPresent(p -> {
      List<ProcessHandle> children = p.descendants().toList();
      p.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    });
    waitForEnd();
  }

  private void waitForEnd() throws InterruptedException {
    if (process.isPresent()) {
      process.get().waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static void signal(Process process, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      process.ifPresent(p -> signal(p, "QUIT"));
      waitForEnd();
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = 0; i < 20; i++) {
      try {
        TestPrograms.delete(home);
        return;
      } catch (IOException e) {
        if (i == 19) {
          throw e;
        }
      }
    }
  }
}
