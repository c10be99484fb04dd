package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.base.FolderSink;
import dev.nanoctl.backup.pg.ShippingThread;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.MemoryLogStore;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreIT {
  private static final UUID LINEAGE = new UUID(7, 8);
  private static final ShipperSettings SETTINGS =
      new ShipperSettings(LINEAGE, "nanoctl", 256 << 10, Duration.ofMillis(100), 4);
  private static final TimelineHistory FIRST = TimelineHistory.none(1);

  @TempDir private static Path folder;

  private static final MemoryLogStore STORE = new MemoryLogStore();

  @SuppressWarnings("NullAway.Init")
  private static FolderSource snapshot;

  @SuppressWarnings("NullAway.Init")
  private static Instant hundred;

  @SuppressWarnings("NullAway.Init")
  private static LogPosition twoHundred;

  /** A backup with 0 rows, then 100 rows, then 200, then 300. */
  @BeforeAll
  static void backUp() throws Exception {
    try (TestPostgres postgres = TestPostgres.started();
        var thread =
            new ShippingThread(
                new LogShipper(postgres.address(), SETTINGS, STORE, InstantSource.system()),
                Optional.empty())) {
      thread.awaitFlow();
      postgres.sql("CREATE TABLE ledger (n int)");
      var sink = new FolderSink(folder);
      DatabaseCut cut =
          new ClusterBackup(postgres.address(), InstantSource.system(), read -> {})
              .run(LINEAGE, true, sink);
      snapshot = new FolderSource(folder, sink.entries(), cut);
      postgres.sql("INSERT INTO ledger SELECT generate_series(1, 100)");
      String now =
          postgres.sql("SELECT extract(epoch FROM clock_timestamp())").getFirst().getFirst();
      hundred = Instant.ofEpochMilli((long) (Double.parseDouble(now) * 1000) + 1);
      Thread.sleep(20);
      postgres.sql("SELECT pg_switch_wal()");
      postgres.sql("INSERT INTO ledger SELECT generate_series(101, 200)");
      twoHundred = position(postgres);
      postgres.sql("INSERT INTO ledger SELECT generate_series(201, 300)");
      thread.awaitDurable(position(postgres));
    }
  }

  @AfterAll
  static void forget() {
    STORE.down(true);
  }

  private static LogPosition position(TestPostgres postgres) throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      return connection.identify().end();
    }
  }

  private static RestorePlan plan(RestoreTarget target) {
    return RestorePlan.of(snapshot.cut(), FIRST, STORE.list(LINEAGE), target);
  }

  private static TestPostgres restored(RestorePlan plan) throws Exception {
    TestPostgres postgres = TestPostgres.empty();
    new ClusterRestore(snapshot, STORE, 4).write(plan, postgres.data());
    return postgres;
  }

  private static void startAndPromote(TestPostgres postgres) throws Exception {
    postgres.start();
    for (int i = 0; i < 200 && !postgres.primary(); i++) {
      Thread.sleep(50);
    }
    assertThat(postgres.primary()).as(postgres.log()).isTrue();
  }

  private static String rows(TestPostgres postgres) throws Exception {
    return postgres.sql("SELECT count(*) FROM ledger").getFirst().getFirst();
  }

  @Test
  void theBackupItselfComesBack() throws Exception {
    RestorePlan plan = plan(new RestoreTarget.Backup());
    try (TestPostgres postgres = restored(plan)) {
      startAndPromote(postgres);
      assertThat(rows(postgres)).isEqualTo("0");
      RestoreCheck.require(plan, snapshot.cut().systemId(), postgres.address());
    }
  }

  @Test
  void whatWasCommittedBeforeATimeComesBackAndNothingElse() throws Exception {
    RestorePlan plan = plan(new RestoreTarget.Time(hundred));
    try (TestPostgres postgres = restored(plan)) {
      startAndPromote(postgres);
      assertThat(rows(postgres)).isEqualTo("100");
      RestoreCheck.require(plan, snapshot.cut().systemId(), postgres.address());
    }
  }

  @Test
  void aPositionIsReachedAndTheNextTimelineRestoresAgain() throws Exception {
    RestorePlan plan = plan(new RestoreTarget.Position(twoHundred));
    try (TestPostgres postgres = restored(plan)) {
      startAndPromote(postgres);
      assertThat(rows(postgres)).isEqualTo("200");
      LogPosition end = RestoreCheck.require(plan, snapshot.cut().systemId(), postgres.address());
      assertThat(end).isGreaterThanOrEqualTo(twoHundred);
      RestorePlan more =
          new RestorePlan(
              plan.parts(), FIRST, plan.target(), plan.end(), new LogPosition(end.value() + 1));
      assertThatThrownBy(
              () -> RestoreCheck.require(more, snapshot.cut().systemId(), postgres.address()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().code()).isEqualTo("NC-RESTORE-SHORT"));
    }
  }

  @Test
  void logThatCannotBeCopiedNeverOpensTheCluster() throws Exception {
    RestorePlan plan = plan(new RestoreTarget.Position(twoHundred));
    try (TestPostgres postgres = restored(plan)) {
      Path log = postgres.data().resolve(ClusterRestore.LOG);
      List<String> names = Files.readAllLines(log.resolve("complete"));
      assertThat(names).hasSizeGreaterThan(1);
      Files.delete(log.resolve(names.getLast()));
      // without a target, PostgreSQL would open the cluster at the end of the log it finds
      Path settings = postgres.data().resolve("postgresql.auto.conf");
      Files.writeString(
          settings, Files.readString(settings).replaceAll("recovery_target_lsn.*", ""));
      postgres.launch();
      assertThat(postgres.awaitEnd(30)).isTrue();
      assertThat(postgres.log()).contains("FATAL").doesNotContain("archive recovery complete");
    }
  }

  @Test
  void aHoleIsRefusedBeforeAnythingIsWritten() {
    List<LogRange> known = STORE.list(LINEAGE).stream().sorted(LogRange.ORDER).toList();
    for (LogRange lost : known) {
      List<LogRange> rest = known.stream().filter(r -> !r.equals(lost)).toList();
      if (lost.start().compareTo(twoHundred) < 0
          && lost.end().value() > (snapshot.cut().start().value() & -(16L << 20))) {
        assertThatThrownBy(() ->
                RestorePlan.of(snapshot.cut(), FIRST, rest, new RestoreTarget.Position(twoHundred)))
            .as(lost.key())
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> assertThat(e.problem().code()).isEqualTo("NC-RESTORE-HOLE"));
      }
    }
    assertThatThrownBy(() -> plan(new RestoreTarget.Position(snapshot.cut().start())))
        .hasMessageContaining("NC-RESTORE-EARLY");
    assertThatThrownBy(() ->
            RestorePlan.of(
                snapshot.cut(),
                TimelineHistory.parse(2, "1 " + snapshot.cut().start() + " x"),
                known,
                new RestoreTarget.Backup()))
        .hasMessageContaining("NC-RESTORE-TIMELINE");
  }
}
