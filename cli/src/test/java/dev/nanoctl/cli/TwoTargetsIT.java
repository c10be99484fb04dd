package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Result;
import dev.nanoctl.cli.testing.ProofTable;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real instance with two targets, one of which goes away, comes back, and is given up. */
class TwoTargetsIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void oneTargetThatIsAwayNeitherStopsNorDelaysTheOther() throws Exception {
    nanoctl.done(
        "install", "--yes", "--no-systemd", "--email", "a@example.org", "--port", "" + port);
    Path first = folder.resolve("one");
    Path second = folder.resolve("two");
    nanoctl.done(
        "backup", "target", "add", first.toString(), "--kit", folder.resolve("one.txt").toString());
    nanoctl.done(
        "backup",
        "target",
        "add",
        second.toString(),
        "--kit",
        folder.resolve("two.txt").toString());
    JsonObject both = nanoctl.done("backup", "create", "--json").json();
    assertThat(names(both, "targets")).containsExactlyInAnyOrder("first", "second");
    assertThat(names(nanoctl.done("backup", "list", "--json").json(), "backups"))
        .containsExactly("first", "second");
    assertThat(nanoctl.done("backup", "verify").out()).contains("whole · first", "whole · second");
    oneWaitsForAnother();
    await().atMost(PATIENCE).until(() -> nanoctl.run("backup", "status").status() == 0);

    Path away = folder.resolve("away");
    Files.move(first, away);
    Files.createFile(first);
    var proof = new ProofTable(nanoctl.site());
    proof.create(1, 2, 3);
    proof.awaitShipped("second");
    whatIsAskedOfBothIsDoneAtTheSecond();
    Files.delete(first);
    Files.move(away, first);
    proof.awaitShipped("first");
    assertThat(nanoctl.done("backup", "list", "--json").json().array("backups").orElseThrow())
        .hasSize(3);

    nanoctl.done("config", "set", "backup.first.location", "--default");
    await().atMost(PATIENCE).until(() -> slots().equals("nanoctl_second"));
    logThatIsLostIsMissed(proof, second);
  }

  /** The agent prunes whenever it likes. */
  private void oneWaitsForAnother() throws Exception {
    Path backup = nanoctl.site().resolve("state/backup");
    Process prune;
    try (var _ =
        OperationLock.take(
            backup.resolve("backup.lock"),
            backup.resolve("backup-running.json"),
            "backup prune",
            Instant.now())) {
      prune = nanoctl.start("backup", "prune");
      assertThat(prune.waitFor(3, TimeUnit.SECONDS)).as("it waits").isFalse();
    }
    assertThat(prune.waitFor()).isZero();
  }

  private void whatIsAskedOfBothIsDoneAtTheSecond() throws Exception {
    await().atMost(PATIENCE).until(() -> nanoctl.run("status").status() == 3);
    Result status = nanoctl.run("status");
    assertThat(status.out()).contains("backup first", "backup second");
    Instant begun = Instant.now();
    Process create = nanoctl.start("backup", "create");
    await().atMost(PATIENCE).until(() -> last("second").isAfter(begun));
    assertThat(Duration.between(begun, last("second"))).isLessThan(Duration.ofSeconds(30));
    create.destroy();
    create.waitFor();
    for (String verb : List.of("list", "verify", "prune")) {
      Result result = nanoctl.run("backup", verb, "--json");
      assertThat(result.status()).as("%s", result).isEqualTo(3);
      assertThat(names(result.json(), "missed")).containsExactly("first");
    }
    assertThat(nanoctl.run("backup", "list", "--target", "first").status()).isEqualTo(14);
    assertThat(nanoctl.done("restore", "--plan", "--json").json().text("target"))
        .contains("second");
    assertThat(nanoctl.run("restore", "--plan", "--from", "first").err())
        .contains("NC-BACKUP-TARGET-DOWN");
  }

  /** Somebody deletes a piece of log: the agent sees that, says so, and takes a backup at once. */
  private void logThatIsLostIsMissed(ProofTable proof, Path repository) throws Exception {
    nanoctl.done("backup", "create");
    proof.add(11);
    proof.awaitShipped("second");
    Path lost;
    try (Stream<Path> all = Files.walk(repository.resolve("wal"))) {
      lost = all.filter(Files::isRegularFile).sorted().toList().getLast();
    }
    // after a restart log is sent once more that was just on its way
    for (int row = 12; row < 14; row++) {
      proof.endSegment();
      proof.add(row);
      proof.awaitShipped("second");
    }
    assertThat(nanoctl.done("restore", "--plan", "--json").json().text("remark")).isEmpty();
    Files.delete(lost);
    assertThat(nanoctl.done("restore", "--plan", "--json").json().text("remark").orElseThrow())
        .startsWith("log is missing from ");
    Instant begun = Instant.now();
    nanoctl.done("restart");
    await().atMost(PATIENCE).until(() -> last("second").isAfter(begun));
    assertThat(nanoctl.done("logs", "agent").out()).contains("that was stored is missing from");
    assertThat(nanoctl.done("backup", "verify").out()).contains("whole · second");
  }

  private String slots() throws Exception {
    return new ProofTable(nanoctl.site())
        .text("SELECT string_agg(slot_name, ' ' ORDER BY slot_name) FROM pg_replication_slots");
  }

  private Instant last(String target) throws IOException {
    Path note = nanoctl.site().resolve("state/backup").resolve(target + "-last.json");
    return Files.exists(note)
        ? Instant.parse(Json.parseObject(Files.readAllBytes(note)).text("at").orElseThrow())
        : Instant.EPOCH;
  }

  private static List<String> names(JsonObject json, String array) {
    Stream<JsonObject> all = json.array(array).orElseThrow().objects();
    return all.map(one -> one.text("target").orElseThrow()).toList();
  }
}
