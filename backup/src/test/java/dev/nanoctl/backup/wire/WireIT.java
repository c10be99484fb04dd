package dev.nanoctl.backup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WireIT {
  private static final Duration SHORT = Duration.ofMillis(200);

  @SuppressWarnings("NullAway.Init")
  private static TestPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestPostgres.started();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void aQueryGivesItsRows() throws Exception {
    try (var connection = PostgresConnection.open(postgres.address(), "postgres")) {
      assertThat(connection.query("SELECT 1, NULL, 'ä'; SELECT 2"))
          .isEqualTo(List.of(List.of("2")));
      assertThat(connection.version()).startsWith("18.");
    }
  }

  @Test
  void anErrorIsTypedAndTheConnectionGoesOn() throws Exception {
    try (var connection = PostgresConnection.open(postgres.address(), "postgres")) {
      assertThatThrownBy(() -> connection.query("SELECT 1/0"))
          .isInstanceOfSatisfying(PostgresException.class, e -> assertThat(e.is("22012")).isTrue());
      assertThat(connection.query("SELECT 3")).isEqualTo(List.of(List.of("3")));
    }
  }

  @Test
  void aWrongPasswordIsAMatterOfConfiguration() {
    var other =
        ServerAddress.local(
            postgres.address().port(), postgres.address().user(), new Secret("wrong"));
    assertThatThrownBy(() -> ReplicationConnection.open(other))
        .isInstanceOfSatisfying(
            PostgresException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.Configuration.class);
              assertThat(e.problem().code()).isEqualTo("NC-BACKUP-LOGIN");
              assertThat(e.getMessage()).doesNotContain("wrong");
            });
  }

  @Test
  void aRoleWithoutReplicationIsRefused() throws Exception {
    postgres.sql("CREATE ROLE plain LOGIN PASSWORD 'plain'");
    var plain = ServerAddress.local(postgres.address().port(), "plain", new Secret("plain"));
    assertThatThrownBy(() -> ReplicationConnection.open(plain))
        .isInstanceOfSatisfying(
            PostgresException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-BACKUP-PERMISSION"));
  }

  @Test
  void aStatementIsCancelled() throws Exception {
    try (var connection = PostgresConnection.open(postgres.address(), "postgres")) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              Thread.sleep(200);
              connection.cancel();
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThatThrownBy(() -> connection.query("SELECT pg_sleep(30)"))
          .isInstanceOfSatisfying(PostgresException.class, e -> assertThat(e.is("57014")).isTrue());
    }
  }

  @Test
  void silenceIsNotWaitedForForever() throws Exception {
    var address = postgres.address();
    var hasty =
        new ServerAddress(
            address.host(),
            address.port(),
            address.user(),
            address.password(),
            address.encryption(),
            Duration.ofMillis(500));
    try (var connection = PostgresConnection.open(hasty, "postgres")) {
      assertThatThrownBy(() -> connection.query("SELECT pg_sleep(30)"))
          .isInstanceOf(java.net.SocketTimeoutException.class);
      connection.cancel();
    }
  }

  @Test
  void aServerWithoutTlsIsNotTalkedToInTheClear() throws Exception {
    var address = postgres.address();
    var tls =
        new ServerAddress(
            address.host(),
            address.port(),
            address.user(),
            address.password(),
            new Encryption.Tls(javax.net.ssl.SSLContext.getDefault(), true),
            address.patience());
    assertThatThrownBy(() -> ReplicationConnection.open(tls))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("TLS");
  }

  @Test
  void theServerSaysWhoItIs() throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      DatabaseIdentity identity = connection.identify();
      assertThat(Long.toUnsignedString(identity.systemId()))
          .isEqualTo(
              postgres
                  .sql("SELECT system_identifier FROM pg_control_system()")
                  .getFirst()
                  .getFirst());
      assertThat(identity.timeline()).isEqualTo(1);
      assertThat(connection.history(1)).isEqualTo(TimelineHistory.none(1));
      assertThat(connection.show("wal_segment_size")).isEqualTo("16MB");
    }
  }

  @Test
  void slotsComeAndGo() throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      assertThat(connection.slot("coming")).isEmpty();
      connection.createSlot("coming");
      connection.createSlot("coming");
      Slot slot = connection.slot("coming").orElseThrow();
      assertThat(slot.timeline()).isEqualTo(1);
      connection.dropSlot("coming");
      assertThat(connection.slot("coming")).isEmpty();
      assertThatThrownBy(() -> connection.createSlot("x; DROP"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aBaseBackupArrivesWithItsManifest() throws Exception {
    try (var connection = ReplicationConnection.open(postgres.address())) {
      BackupStream backup = connection.baseBackup("it's a test", true);
      var manifest = new ByteArrayOutputStream();
      long data = 0;
      boolean inManifest = false;
      for (var piece = backup.next(); piece.isPresent(); piece = backup.next()) {
        switch (piece.get()) {
          case BackupStream.Piece.Archive archive -> assertThat(archive.name()).isNotEmpty();
          case BackupStream.Piece.Manifest _ -> inManifest = true;
          case BackupStream.Piece.Data bytes -> {
            if (inManifest) {
              byte[] copy = new byte[bytes.bytes().remaining()];
              bytes.bytes().get(copy);
              manifest.writeBytes(copy);
            } else {
              data += bytes.bytes().remaining();
            }
          }
          case BackupStream.Piece.Progress _ -> {}
        }
      }
      assertThat(data).isGreaterThan(10_000_000);
      assertThat(backup.estimate()).isGreaterThan(10_000_000);
      assertThat(backup.stop()).isGreaterThan(backup.start());
      assertThat(manifest.toString(java.nio.charset.StandardCharsets.UTF_8))
          .contains("Manifest-Checksum", "global/pg_control");
      assertThat(connection.identify().timeline()).isEqualTo(1);
    }
  }

  @Test
  void logArrivesAndTheSlotMovesOnlyAsFarAsWasConfirmed() throws Exception {
    try (var control = ReplicationConnection.open(postgres.address());
        var connection = ReplicationConnection.open(postgres.address())) {
      control.createSlot("moves");
      LogPosition from = control.slot("moves").orElseThrow().restart();
      LogStream stream = connection.stream("moves", from, 1);
      postgres.sql("CREATE TABLE moves AS SELECT generate_series(1, 10000) AS n");
      LogPosition end = control.identify().end();
      LogPosition received = from;
      while (received.compareTo(end) < 0) {
        Optional<LogStream.Piece> piece = stream.poll(SHORT);
        if (piece.isPresent() && piece.get() instanceof LogStream.Piece.Log log) {
          assertThat(log.start()).isEqualTo(received);
          received = new LogPosition(received.value() + log.bytes().remaining());
        }
      }
      var half = new LogPosition((from.value() + received.value()) / 2);
      stream.confirm(half);
      LogPosition beyond = new LogPosition(received.value() + 1);
      assertThatThrownBy(() -> stream.confirm(beyond)).isInstanceOf(IllegalArgumentException.class);
      for (int i = 0; i < 50 && control.slot("moves").orElseThrow().restart().equals(from); i++) {
        Thread.sleep(20);
      }
      assertThat(control.slot("moves").orElseThrow().restart()).isEqualTo(half);
    }
    try (var control = ReplicationConnection.open(postgres.address())) {
      for (int i = 0; ; i++) {
        try {
          control.dropSlot("moves");
          break;
        } catch (PostgresException e) {
          if (i == 100 || !e.is("55006")) {
            throw e;
          }
          Thread.sleep(20);
        }
      }
    }
  }
}
