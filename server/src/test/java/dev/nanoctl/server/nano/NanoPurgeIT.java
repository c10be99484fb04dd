package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.audit.Audit;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.FakeClock;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of nanos when their time is over. */
final class NanoPurgeIT {
  private final FakeClock clock = FakeClock.morning();
  private TestDatabase database;
  private MarketFixture fixture;
  private NanoPurge purge;
  private Principal creator;
  private Caller caller;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    fixture = new MarketFixture(database.jdbi(), clock);
    purge = new NanoPurge(database.jdbi(), new Audit(clock), clock, NanoPurge.Retention.standard());
    creator = fixture.person(Role.CREATOR);
    caller = Caller.of(creator);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Nanos nanos() {
    return fixture.market().nanos();
  }

  private List<UUID> left() {
    return database
        .jdbi()
        .withHandle(tx -> tx.createQuery("SELECT id FROM nano").mapTo(UUID.class).list());
  }

  private long count(String sql) {
    return database.jdbi().withHandle(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  @Test
  void aDeletedDraftGoesAfterThirtyDays() {
    UUID gone = fixture.draft(creator, "Entwurf, gelöscht");
    UUID kept = fixture.draft(creator, "Entwurf, behalten");
    nanos().delete(caller, gone, Optional.empty());
    clock.advance(Duration.ofDays(30));
    assertThat(purge.run()).as("not before the time is over").isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(purge.run()).isEqualTo(1);
    assertThat(left()).containsExactly(kept);
    assertThat(purge.run()).isZero();
    assertThat(count("SELECT count(*) FROM nano_version")).isEqualTo(1);
    assertThat(count("SELECT versions FROM purged")).isEqualTo(1);
    assertThat(
            count(
                "SELECT count(*) FROM audit_pending WHERE action = 'nano.purge' AND target = 'nano:"
                    + gone
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void whatWasPublishedStaysForTwoYearsAfterItWasArchivedOrDeleted() {
    UUID archived = fixture.published(creator, "Archiviert");
    UUID deleted = fixture.published(creator, "Archiviert und gelöscht");
    UUID restored = fixture.published(creator, "Zurückgeholt");
    UUID live = fixture.published(creator, "Im Regal");
    rate(archived);
    nanos().archive(caller, archived);
    nanos().archive(caller, deleted);
    nanos().delete(caller, deleted, Optional.empty());
    nanos().archive(caller, restored);
    clock.advance(Duration.ofDays(400));
    assertThat(purge.run()).isZero();
    nanos().restore(caller, restored);
    nanos().archive(caller, restored);
    clock.advance(Duration.ofDays(331));
    assertThat(purge.run()).isEqualTo(2);
    assertThat(left()).containsExactlyInAnyOrder(restored, live);
    assertThat(count("SELECT count(*) FROM rating")).isZero();
    assertThat(count("SELECT count(*) FROM moderation_case")).isEqualTo(2);
  }

  private void rate(UUID nano) {
    database
        .jdbi()
        .useHandle(tx -> {
          tx.execute(
              """
              INSERT INTO rating (id, nano_id, user_id, score, created_at, updated_at)
              VALUES (gen_random_uuid(), ?, ?, 4, now(), now())
              """,
              nano,
              fixture.person(Role.CONSUMER).id());
        });
  }
}
