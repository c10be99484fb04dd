package dev.nanoctl.appliance.postgres;

import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A PostgreSQL for the length of a test or a rehearsal: real, on a free port, without durability,
 * and gone with everything it wrote when closed. {@code initdb} runs once for all of them.
 */
public final class ThrowawayPostgres implements AutoCloseable {
  private static final Secret PASSWORD = new Secret("throwaway");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PREFIX = "nanoctl-throwaway-";

  // what was committed survives the death of a process, not that of the machine
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=../run",
          "fsync=off",
          "full_page_writes=off",
          "io_method=sync",
          "max_connections=100",
          "timezone=UTC",
          "shared_buffers=64MB");

  private final Cluster cluster;
  private final List<String> settings;
  private final DatabaseAddress address;
  private final Thread hook;
  private volatile PostgresServer server;

  private ThrowawayPostgres(
      Cluster cluster, List<String> settings, PostgresServer server, DatabaseAddress address) {
    this.cluster = cluster;
    this.settings = List.copyOf(settings);
    this.server = server;
    this.address = address;
    this.hook = new Thread(this::end, "throwaway-postgres");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts one and waits until it answers. */
  public static ThrowawayPostgres start() {
    return start(List.of());
  }

  /** Starts one with more settings, each {@code name=value}. */
  public static ThrowawayPostgres start(List<String> settings) {
    try {
      sweep();
      RunningProcess self = RunningProcess.current();
      Path home = Files.createTempDirectory(PREFIX + self.pid() + "-" + self.startTicks() + "-");
      return start(home, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting postgres", e);
    }
  }

  private static ThrowawayPostgres start(Path home, List<String> settings)
      throws IOException, InterruptedException {
    Cluster cluster = copyOfTemplate(home);
    int port = freePort();
    var all = new java.util.ArrayList<>(SETTINGS);
    all.add("port=" + port);
    all.addAll(settings);
    Path log = home.resolve("postgres.log");
    PostgresServer server = PostgresServer.start(cluster, log, all);
    var address = new DatabaseAddress(port, "postgres", ClusterInit.SUPERUSER, PASSWORD);
    var throwaway = new ThrowawayPostgres(cluster, all, server, address);
    server.awaitReady(address, log, PATIENCE);
    return throwaway;
  }

  /** A cluster of its own in that folder, not started. */
  static Cluster copyOfTemplate(Path home) throws IOException, InterruptedException {
    PostgresPrograms programs = cache().programs(ProgramsArchive.here());
    OsAccount account = account();
    Files.createDirectories(home);
    copy(template(programs, account), home);
    account.own(home);
    return new Cluster(programs, home, account);
  }

  /** Its maintenance database and superuser. */
  public DatabaseAddress address() {
    return address;
  }

  /** The postmaster, for tests that kill it. */
  public RunningProcess process() {
    return server.process();
  }

  /** Ends it as a failing machine would, until it is {@linkplain #startAgain() started again}. */
  public void crash() throws IOException, InterruptedException {
    server.process().signal("QUIT");
    server.process().awaitEnd(PATIENCE);
  }

  /** Starts it on the same port with what was committed, and waits until it answers. */
  public void startAgain() throws IOException, InterruptedException {
    Path log = cluster.home().resolve("postgres.log");
    server = PostgresServer.start(cluster, log, settings);
    server.awaitReady(address, log, PATIENCE);
  }

  /** A new, empty database. */
  public DatabaseAddress createDatabase() {
    return createDatabase("template1");
  }

  /** A new database that starts as a copy of another, which nobody may be connected to. */
  public DatabaseAddress createDatabase(String template) {
    String name = "db_" + UUID.randomUUID().toString().replace("-", "");
    try {
      address.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, template));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
    return address.in(name);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    end();
  }

  private void end() {
    try {
      server.process().signal("QUIT");
      server.process().awaitEnd(PATIENCE);
      Trees.delete(cluster.home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Root lends the account every machine has; anyone else runs PostgreSQL as themselves. */
  static OsAccount account() {
    OsAccount current = OsAccount.current();
    return current.isRoot() ? OsAccount.named("nobody").orElseThrow() : current;
  }

  private static Path template(PostgresPrograms programs, OsAccount account)
      throws IOException, InterruptedException {
    Path folder = cache().folder();
    Path template =
        folder.resolve("throwaway-" + programs.home().getFileName() + "-" + account.uid());
    if (!Files.exists(template)) {
      Path beside = Files.createTempDirectory(folder, ".throwaway-");
      new ClusterInit(new Cluster(programs, beside, account))
          .create("throwaway", PASSWORD, List.of("--no-sync"));
      try {
        Files.move(beside, template, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Trees.delete(beside);
        if (!Files.exists(template)) {
          throw e;
        }
      }
    }
    return template;
  }

  /** Beside the instances' cache, which is removed with the last of them. */
  private static ProgramsCache cache() {
    return new ProgramsCache(ProgramsCache.standard().folder().resolveSibling("nanoctl-throwaway"));
  }

  private static void copy(Path template, Path home) throws IOException, InterruptedException {
    var copy =
        new ProcessBuilder("cp", "-a", template + "/.", home.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(copy.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (copy.waitFor() != 0) {
      throw new IOException("cannot copy " + template + ": " + output);
    }
  }

  /** Ends and removes what killed processes left behind. */
  private static void sweep() throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> homes = Files.list(folder)) {
      for (Path home : homes.filter(ThrowawayPostgres::abandoned).toList()) {
        for (RunningProcess left : PostgresServer.workingIn(home.resolve("data"))) {
          left.signal("QUIT");
          left.awaitEnd(PATIENCE);
        }
        Trees.delete(home);
      }
    }
  }

  private static boolean abandoned(Path home) {
    String name = home.getFileName().toString();
    if (!name.startsWith(PREFIX) || !Files.isWritable(home)) {
      return false;
    }
    String[] owner = name.substring(PREFIX.length()).split("-", 3);
    return !new RunningProcess(Long.parseLong(owner[0]), Long.parseLong(owner[1])).alive();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
