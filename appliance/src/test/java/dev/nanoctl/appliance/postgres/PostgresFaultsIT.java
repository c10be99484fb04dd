package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresFaultsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String INSTANCE = "instance-1";

  @TempDir private Path folder;
  private Cluster cluster;
  private DatabaseAddress address;
  private Path log;

  @BeforeEach
  void cluster() throws Exception {
    cluster = ThrowawayPostgres.copyOfTemplate(folder.resolve("pg"));
    Files.writeString(cluster.stamp(), INSTANCE + "\n");
    address =
        new DatabaseAddress(
            ThrowawayPostgres.freePort(), "postgres", "nanoctl", new Secret("throwaway"));
    log = folder.resolve("postgres.log");
  }

  @AfterEach
  void end() throws Exception {
    for (RunningProcess left : PostgresServer.workingIn(cluster.data())) {
      left.signal("QUIT");
      left.awaitEnd(PATIENCE);
    }
  }

  @Test
  void aKilledPostmasterLosesNothingEvenWhileABackendIsBusy() throws Exception {
    PostgresServer first = start();
    address.execute("CREATE TABLE ledger (n int)");
    address.execute("INSERT INTO ledger VALUES (1)");
    var busy = Thread.ofVirtual().start(PostgresFaultsIT.this::work);
    Thread.sleep(300);
    first.process().signal("KILL");
    assertThat(first.process().awaitEnd(PATIENCE)).isTrue();

    PostgresServer second = start();

    assertThat(count()).isEqualTo(1);
    assertThat(PostgresServer.running(cluster).orElseThrow().process()).isEqualTo(second.process());
    busy.join();
  }

  @Test
  void aPidFileThatNamesNobodyIsNoPostmaster() throws Exception {
    notePid(4_194_000);
    assertThat(PostgresServer.running(cluster)).isEmpty();
    assertThat(start().process().alive()).isTrue();
  }

  @Test
  void aPidThatBelongsToAnotherProgramNowIsNoPostmaster() throws Exception {
    Process other =
        new ProcessBuilder(cluster.account().running(List.of("sleep", "600")))
            .directory(Path.of("/").toFile())
            .start();
    try {
      notePid(other.pid());
      assertThat(PostgresServer.running(cluster)).isEmpty();
      assertThat(start().process().alive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aDeadPostmasterThatNobodyCollectsIsNoPostmaster() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 600").start();
    try {
      long zombie = Long.parseLong(parent.inputReader().readLine());
      assertThat(RunningProcess.of(zombie).map(z -> endsWithin(z)).orElse(true)).isTrue();
      assertThat(Path.of("/proc/" + zombie)).exists();
      notePid(zombie);
      assertThat(start().process().alive()).isTrue();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  private static boolean endsWithin(RunningProcess process) {
    try {
      return process.awaitEnd(PATIENCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void notePid(long pid) throws IOException {
    Files.writeString(cluster.pidFile(), pid + "\n/somewhere\n1\n5432\n../run\n\n\nready\n");
    cluster.account().own(cluster.pidFile());
  }

  @Test
  void aSecondPostmasterOnTheSameDataIsRefusedAndTheFirstGoesOn() throws Exception {
    PostgresServer first = start();

    Problem problem = problemOf(() -> PostgresServer.start(cluster, log, List.of()));

    assertThat(problem.code()).isEqualTo("NC-POSTGRES-RUNNING");
    assertThat(problem.message()).contains("pid " + first.process().pid());
    assertThat(address.answers()).isTrue();
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (var taken = new ServerSocket(address.port(), 1, InetAddress.getLoopbackAddress())) {
      Problem problem = problemOf(this::start);

      assertThat(problem.code()).isEqualTo("NC-PORT-IN-USE");
      assertThat(problem.message()).contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void anotherInstancesDataAreRefused() {
    assertThat(DataDirectory.examine(cluster, INSTANCE)).isEqualTo(new DataDirectory.Ours());
    assertThat(refusal("instance-2").code()).isEqualTo("NC-DATA-FOREIGN");
    assertThat(refusal("instance-2").message()).contains(INSTANCE);
  }

  @Test
  void unstampedDataAreRefused() throws Exception {
    Files.delete(cluster.stamp());
    assertThat(refusal(INSTANCE).code()).isEqualTo("NC-DATA-FOREIGN");
  }

  @Test
  void anotherMajorVersionsDataAreRefused() throws Exception {
    Files.writeString(cluster.data().resolve("PG_VERSION"), "17\n");
    assertThat(refusal(INSTANCE).code()).isEqualTo("NC-DATA-OTHER-MAJOR");
    assertThat(refusal(INSTANCE).message()).contains("17").contains("18");
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    Path home = folder.resolve("other");
    var other = new Cluster(cluster.programs(), home, cluster.account());
    assertThat(DataDirectory.examine(other, INSTANCE)).isEqualTo(new DataDirectory.Absent());

    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("data/photo.jpg"), "mine");

    assertThat(DataDirectory.examine(other, INSTANCE))
        .isInstanceOfSatisfying(
            DataDirectory.Refused.class,
            refused -> assertThat(refused.why().code()).isEqualTo("NC-DATA-NOT-A-CLUSTER"));
  }

  @Test
  void dataOfAnotherAccountAreRefused() throws Exception {
    assumeTrue(OsAccount.current().isRoot(), "only root can give files to another account");
    OsAccount.current().own(cluster.data());
    assertThat(refusal(INSTANCE).code()).isEqualTo("NC-DATA-OWNER");
  }

  @Test
  void aReadOnlyDataDirectoryIsExplained() throws Exception {
    Files.setPosixFilePermissions(cluster.data(), PosixFilePermissions.fromString("r-x------"));
    try {
      Problem problem = problemOf(this::start);
      assertThat(problem.code()).isEqualTo("NC-POSTGRES-FAILED");
      assertThat(problem.message()).contains("Permission denied");
    } finally {
      Files.setPosixFilePermissions(cluster.data(), PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aFullDiskIsExplainedAndNothingWrittenBeforeIsLost() throws Exception {
    assumeTrue(OsAccount.current().isRoot(), "only root can mount a small disk");
    Path mount = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=70m,mode=711", "tmpfs", mount.toString()) == 0,
        "no right to mount a small disk here");
    Cluster before = cluster;
    try {
      cluster = ThrowawayPostgres.copyOfTemplate(mount.resolve("pg"));
      PostgresServer server = start();
      address.execute("CREATE TABLE ledger (n int)");
      address.execute("INSERT INTO ledger VALUES (1)");
      assertThatThrownBy(() ->
              address.execute(
                  "CREATE TABLE big AS SELECT repeat('x', 2000) FROM generate_series(1, 99999)"))
          .hasMessageContaining("No space left on device");
      server.stop(PATIENCE);
      Path fill = mount.resolve("fill");
      run("sh", "-c", "cat /dev/zero > " + fill);

      Problem problem = problemOf(this::start);
      assertThat(problem.code()).isEqualTo("NC-DISK-FULL");

      Files.delete(fill);
      start();
      assertThat(count()).isEqualTo(1);
    } finally {
      end();
      run("umount", mount.toString());
      cluster = before;
    }
  }

  private PostgresServer start() throws IOException, InterruptedException {
    PostgresServer server =
        PostgresServer.start(
            cluster,
            log,
            List.of(
                "port=" + address.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=../run",
                "shared_buffers=16MB",
                "io_method=sync"));
    server.awaitReady(address, log, PATIENCE);
    return server;
  }

  private Problem refusal(String instance) {
    return ((DataDirectory.Refused) DataDirectory.examine(cluster, instance)).why();
  }

  private int count() throws Exception {
    try (var connection = address.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM ledger")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Keeps one backend computing, which does not notice at once that its postmaster is gone. */
  private void work() {
    try {
      address.execute("SELECT count(*) FROM generate_series(1, 30000000)");
    } catch (java.sql.SQLException e) {
      // ended with its backend
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static Problem problemOf(ThrowingCallable call) {
    var thrown = new Problem[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e.problem());
    return thrown[0];
  }
}
