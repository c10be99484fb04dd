package dev.nanoctl.appliance.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.journal.JournalLine.Event;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  @TempDir private Path folder;

  @Test
  void anOperationWithoutAnEndIsUnfinishedAndRemembersHowFarItCame() {
    Journal journal = journal();
    journal.begin("install", JsonObject.builder().put("port", 5433).build());
    journal.note(Event.STEP, "folders");
    journal.note(Event.DONE, "folders");
    journal.note(Event.STEP, "initdb");

    Unfinished unfinished = journal().unfinished().orElseThrow();

    assertThat(unfinished.verb()).isEqualTo("install");
    assertThat(unfinished.facts().integer("port")).hasValue(5433);
    assertThat(unfinished.done()).containsExactly("folders");
    assertThat(unfinished.begun()).containsExactly("folders", "initdb");
    assertThat(unfinished.undoing()).isFalse();
  }

  @Test
  void anEndedOperationIsNotUnfinishedAndTheNextOneBeginsAnew() {
    Journal journal = journal();
    journal.begin("install", JsonObject.EMPTY);
    journal.note(Event.END, "done");
    assertThat(journal.unfinished()).isEmpty();

    journal.begin("stop", JsonObject.EMPTY);

    assertThat(journal.unfinished()).map(Unfinished::verb).contains("stop");
    assertThat(journal.unfinished().orElseThrow().begun()).isEmpty();
  }

  @Test
  void aTornLineAtTheEndNeverHappenedAndIsWrittenOver() throws Exception {
    Journal journal = journal();
    journal.begin("install", JsonObject.EMPTY);
    Files.writeString(file(), "{\"at\":\"2026-11-21T12:00:00Z\",\"ev", StandardOpenOption.APPEND);

    assertThat(journal.unfinished().orElseThrow().begun()).isEmpty();
    journal.note(Event.STEP, "folders");

    assertThat(journal.unfinished().orElseThrow().begun()).containsExactly("folders");
    assertThat(Files.readString(file()).lines()).hasSize(2);
  }

  @Test
  void undoingIsRememberedStepByStep() {
    Journal journal = journal();
    journal.begin("install", JsonObject.EMPTY);
    journal.note(Event.STEP, "folders");
    journal.note(Event.DONE, "folders");
    journal.note(Event.STEP, "start");
    journal.note(Event.UNDOING, "start");
    journal.note(Event.UNDO, "start");
    journal.note(Event.UNDONE, "start");
    journal.note(Event.UNDO, "folders");

    Unfinished unfinished = journal.unfinished().orElseThrow();

    assertThat(unfinished.undoing()).isTrue();
    assertThat(unfinished.undone()).containsExactly("start");
  }

  @Test
  void aLineThatIsWholeAndWrongIsDamageAndSaysSo() throws Exception {
    Files.writeString(file(), "{\"event\":\"begin\",\"name\":\"install\"}\nnot json\n");

    assertThatThrownBy(() -> journal().unfinished())
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-JOURNAL-DAMAGED"));
  }

  @Test
  void anUnknownEventIsDamageToo() throws Exception {
    Files.writeString(file(), "{\"event\":\"dance\",\"name\":\"install\"}\n");

    assertThatThrownBy(() -> journal().lines()).isInstanceOf(ProblemException.class);
  }

  @Test
  void onlyOneOperationHoldsTheLockAndTheOtherIsToldWho() {
    Path lock = folder.resolve("lock");
    Path note = folder.resolve("note");
    try (var held = OperationLock.take(lock, note, "install", CLOCK.instant())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> OperationLock.take(lock, note, "stop", CLOCK.instant()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem()).isInstanceOf(Problem.Locked.class);
                assertThat(e.problem().message())
                    .contains("install (pid " + ProcessHandle.current().pid())
                    .contains("since 2026-11-21T12:00:00Z");
              });
    }
    OperationLock.take(lock, note, "stop", CLOCK.instant()).close();
    assertThat(note).doesNotExist();
  }

  @Test
  void whoHasPatienceIsToldWhoHoldsTheLockAndGetsItThen() throws Exception {
    Path lock = folder.resolve("lock");
    Path note = folder.resolve("note");
    OperationLock held = OperationLock.take(lock, note, "backup prune", CLOCK.instant());
    var told = new LinkedBlockingQueue<String>();
    var got = new CompletableFuture<OperationLock>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() ->
                got.complete(
                    OperationLock.await(
                        lock, note, "backup create", CLOCK, Duration.ofMinutes(1), told::add)));
    assertThat(told.poll(30, TimeUnit.SECONDS)).contains("backup prune (pid ");
    assertThat(got).isNotDone();
    held.close();
    waiting.join();
    try (OperationLock own = got.join()) {
      assertThat(own).isNotNull();
      assertThatThrownBy(
              () -> OperationLock.await(lock, note, "stop", CLOCK, Duration.ofMillis(1), _ -> {}))
          .hasMessageContaining("backup create (pid ");
    }
  }

  private Journal journal() {
    return new Journal(file(), CLOCK, line -> {});
  }

  private Path file() {
    return folder.resolve("journal.jsonl");
  }
}
