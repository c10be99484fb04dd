package dev.nanoctl.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTrailIT {
  private final TestDatabase database = TestDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final Audit audit = new Audit(InstantSource.system());
  private final AuditTrail trail = new AuditTrail(jdbi);

  @BeforeEach
  void tenEntries() {
    for (int i = 1; i <= 10; i++) {
      record("nano.create", "nano:" + i);
    }
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void record(String action, String target) {
    jdbi.useTransaction(tx ->
        audit.record(
            tx,
            AuditEvent.done(AuditEvent.Actor.system(), action, target)
                .with(JsonObject.builder().put("ü", "ß").build())));
  }

  private void tamper(String sql) {
    jdbi.useTransaction(tx -> {
      tx.execute("ALTER TABLE audit_log DISABLE TRIGGER USER");
      tx.execute(sql);
      tx.execute("ALTER TABLE audit_log ENABLE TRIGGER USER");
    });
  }

  @Test
  void anUntouchedChainIsWhole() {
    AuditTrail.Verdict verdict = trail.verify();
    assertThat(verdict.ok()).isTrue();
    assertThat(verdict.checked()).isEqualTo(10);
    record("nano.approve", "nano:1");
    AuditTrail.Verdict later = trail.verify();
    assertThat(later.checked()).isEqualTo(11);
    assertThat(later.head()).isNotEqualTo(verdict.head());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_log SET action = 'nano.delete' WHERE seq = 4 | 4",
        "UPDATE audit_log SET at = at + interval '1 microsecond' WHERE seq = 7 | 7",
        "UPDATE audit_log SET details = '{}' WHERE seq = 1 | 1",
        "DELETE FROM audit_log WHERE seq = 5 | 5",
        "DELETE FROM audit_log WHERE seq = 10 | 10",
        "DELETE FROM audit_log | 1",
        "UPDATE audit_log SET seq = 99 WHERE seq = 3 | 3",
        "UPDATE audit_log a SET target = b.target, action = b.action FROM audit_log b WHERE a.seq = 2 AND b.seq = 8 | 2"
      })
  void whateverIsTamperedWithIsNamed(String sql, long firstBroken) {
    trail.seal();
    tamper(sql);
    AuditTrail.Verdict verdict = trail.verify();
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.firstBroken()).hasValue(firstBroken);
  }

  @Test
  void theTableItselfRefusesChanges() {
    trail.seal();
    for (String sql :
        List.of(
            "UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log")) {
      assertThatThrownBy(() -> jdbi.useHandle(tx -> tx.execute(sql)))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void entriesAreSealedOnceWhenManyWriteAndSeal() throws Exception {
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < 8; writer++) {
        int number = writer;
        writers.add(
            threads.submit(() -> {
              for (int i = 0; i < 25; i++) {
                record("rating.create", "rating:" + number + "-" + i);
                trail.seal();
              }
            }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    AuditTrail.Verdict verdict = trail.verify();
    assertThat(verdict.ok()).isTrue();
    assertThat(verdict.checked()).isEqualTo(210);
    List<Long> numbers =
        jdbi.withHandle(tx ->
            tx.createQuery("SELECT seq FROM audit_log ORDER BY seq").mapTo(Long.class).list());
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 210).boxed().toList());
  }

  @Test
  void anEntryOfARolledBackChangeIsNotSealed() {
    jdbi.useTransaction(tx -> {
      audit.record(tx, AuditEvent.done(AuditEvent.Actor.system(), "nano.delete", "nano:1"));
      tx.rollback();
    });
    assertThat(trail.verify().checked()).isEqualTo(10);
  }
}
