package dev.nanoctl.backup.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterBackupIT {
  private static final UUID LINEAGE = new UUID(1, 2);

  @SuppressWarnings("NullAway.Init")
  private static TestPostgres postgres;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestPostgres.started();
    postgres.sql("CREATE TABLE kept AS SELECT n, repeat('x', 500) FROM generate_series(1, 5000) n");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  private static ClusterBackup backup(AtomicLong progress) {
    return new ClusterBackup(postgres.address(), InstantSource.system(), progress::set);
  }

  @Test
  void everyFileArrivesAsTheServerSentIt() throws Exception {
    var progress = new AtomicLong();
    var sink = new FolderSink(folder);
    DatabaseCut cut = backup(progress).run(LINEAGE, true, sink);
    assertThat(cut.stop()).isGreaterThan(cut.start());
    assertThat(cut.timeline()).isEqualTo(1);
    assertThat(cut.lineage()).isEqualTo(LINEAGE);
    assertThat(cut.serverVersion()).startsWith("18.");
    assertThat(progress.get()).isGreaterThan(20_000_000);
    assertThat(folder.resolve("PG_VERSION")).hasContent("18");
    assertThat(folder.resolve("pg_wal/archive_status")).isDirectory();
    assertThat(folder.resolve("backup_label")).content().contains("START WAL LOCATION");
    assertThat(folder.resolve("postmaster.pid")).doesNotExist();
    Path table = Path.of(postgres.sql("SELECT pg_relation_filepath('kept')").getFirst().getFirst());
    assertThat(Files.readAllBytes(folder.resolve(table)))
        .isEqualTo(Files.readAllBytes(postgres.data().resolve(table)));
    assertThat(sink.entries().getLast().path()).isEqualTo(ClusterBackup.MANIFEST);
    ControlFile control = ControlFile.read(Files.readAllBytes(folder.resolve(ControlFile.PATH)));
    assertThat(control.version()).isEqualTo(1800);
    assertThat(control.systemId()).isEqualTo(cut.systemId());
  }

  @Test
  void aTablespaceElsewhereIsRefusedWithAClearStatement() throws Exception {
    Path place = Files.createDirectory(postgres.home().resolve("elsewhere"));
    Files.setAttribute(place, "unix:uid", Files.getAttribute(postgres.data(), "unix:uid"));
    postgres.sql("CREATE TABLESPACE elsewhere LOCATION '" + place + "'");
    try {
      assertThatThrownBy(() -> backup(new AtomicLong()).run(LINEAGE, true, new FolderSink(folder)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().code()).isEqualTo("NC-BACKUP-TABLESPACE");
                assertThat(e.problem().message()).contains("elsewhere");
              });
    } finally {
      postgres.sql("DROP TABLESPACE elsewhere");
    }
  }

  @Test
  void filesThatComeGoGrowAndShrinkMeanwhileAreNoMatter() throws Exception {
    var stop = new AtomicBoolean();
    Thread churn = Thread.ofVirtual().start(() -> churn(stop));
    try {
      for (int i = 0; i < 3; i++) {
        Path target = Files.createDirectory(folder.resolve("backup" + i));
        DatabaseCut cut = backup(new AtomicLong()).run(LINEAGE, true, new FolderSink(target));
        assertThat(cut.stop()).isGreaterThan(cut.start());
      }
    } finally {
      stop.set(true);
      churn.join();
    }
  }

  private static void churn(AtomicBoolean stop) {
    try {
      for (int i = 0; !stop.get(); i++) {
        postgres.sql("CREATE DATABASE churn" + i);
        postgres.sql(
            "CREATE TABLE churn AS SELECT n, repeat('y', 900) FROM generate_series(1, 3000) n");
        postgres.sql("DELETE FROM churn WHERE n % 2 = 0");
        postgres.sql("VACUUM FULL churn");
        postgres.sql("TRUNCATE churn");
        postgres.sql("DROP TABLE churn");
        postgres.sql("DROP DATABASE churn" + i);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSinkThatFailsEndsTheBackup() {
    var failing =
        new CountingSink() {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("the target is full");
          }
        };
    assertThatThrownBy(() -> backup(new AtomicLong()).run(LINEAGE, true, failing))
        .isInstanceOf(IOException.class)
        .hasMessage("the target is full");
  }
}
