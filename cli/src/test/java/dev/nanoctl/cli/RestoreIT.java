package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl.Job;
import dev.nanoctl.cli.testing.ProofTable;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real instance that is brought back as it was, undone, accepted, and drilled with. */
class RestoreIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String IMAGES = "search:\n  image: localhost:5000/own:1\n";

  private ProofTable proof;

  @BeforeEach
  void table() {
    proof = new ProofTable(nanoctl.site());
  }

  @Test
  void whatWasDeletedIsBackAndWhatCameAfterIsGone() throws Exception {
    nanoctl.done(
        "install", "--yes", "--no-systemd", "--email", "a@example.org", "--port", "" + port);
    Path guides = Guides.make(Files.createDirectory(folder.resolve("import")), 2);
    nanoctl.done("import", guides.toString());
    Path kit = folder.resolve("kit.txt");
    nanoctl.done("backup", "target", "add", disk().toString(), "--kit", kit.toString());
    Files.writeString(images(), IMAGES);
    nanoctl.done("backup", "create");
    Files.writeString(images(), "entry:\n  image: nginx:1.31\n");
    proof.create(1, 2, 3);
    Instant before = ProofTable.now();
    proof.remove(2);
    proof.add(4);
    List<Path> objects = objects();
    Files.delete(objects.getFirst());
    proof.awaitShipped();

    nanoctl.done("restore", "--to", before.toString(), "--yes");
    assertThat(proof.rows()).isEqualTo("1 2 3");
    assertThat(objects()).isEqualTo(objects);
    assertThat(nanos()).isEqualTo(2);
    assertThat(nanoctl.run("restore", "--yes").err()).contains("NC-RESTORE-PENDING");

    nanoctl.done("restore", "undo");
    assertThat(proof.rows()).isEqualTo("1 3 4");
    assertThat(nanos()).isEqualTo(2);

    anotherTimeKilledInTheMiddle(before);
    nanoctl.done("restore", "accept");
    assertThat(nanoctl.run("restore", "undo").err()).contains("NC-RESTORE-NONE");
    assertThat(nanoctl.site().resolve("restore").resolve("previous")).doesNotExist();
    proof.add(5);
    assertThat(proof.rows()).isEqualTo("1 2 3 5");

    drilled(kit);
    lostAndRecovered(kit);
  }

  /** With the kit and the place of the backups only; the next history of log begins at once. */
  private void lostAndRecovered(Path kit) throws Exception {
    String lineage = lineage();
    await().atMost(PATIENCE).until(() -> last("lineage").equals(lineage));
    proof.add(6);
    proof.awaitShipped();
    String passphrase = nanoctl.secret("backup-passphrase");
    nanoctl.done(
        "backup",
        "target",
        "add",
        second().toString(),
        "--kit",
        folder.resolve("2.txt").toString());
    nanoctl.done("backup", "create", "--target", "first");
    nanoctl.done("uninstall", "--purge", "--yes");
    String[] recover = {
      "recover", "--kit", kit.toString(), "--from", disk().toString(), "--no-systemd"
    };
    assertThat(nanoctl.site()).doesNotExist();
    Path away = Files.move(second(), folder.resolve("away"));
    interruptedRecoveries(recover);
    assertThat(proof.rows()).isEqualTo("1 2 3 5 6");
    assertThat(nanos()).isEqualTo(2);
    assertThat(objects()).hasSize(2);
    assertThat(nanoctl.secret("backup-passphrase")).isEqualTo(passphrase);
    assertThat(images()).content().isEqualTo(IMAGES);
    assertThat(nanoctl.site().resolve("restore")).doesNotExist();
    assertThat(nanoctl.run(recover).err()).contains("NC-RECOVER-INSTALLED");
    await().atMost(PATIENCE).until(() -> !lineage().isEmpty());
    assertThat(lineage()).isNotEqualTo(lineage);
    await().atMost(PATIENCE).until(() -> last("lineage").equals(lineage()));
    Path adopted = nanoctl.site().resolve("state/backup/second-target.json");
    assertThat(adopted).doesNotExist();
    Files.move(away, second());
    await().atMost(PATIENCE).until(() -> Files.exists(adopted));
  }

  /** Ctrl-C leaves nothing; after a kill resume goes on, and so does the same recovery again. */
  private void interruptedRecoveries(String... recover) throws Exception {
    Job interrupted = nanoctl.job(recover);
    awaitStep("initdb");
    interrupted.signal("INT");
    assertThat(interrupted.end().status()).isEqualTo(130);
    assertThat(nanoctl.site()).doesNotExist();
    Job killed = nanoctl.job(recover);
    awaitStep("fetch");
    killed.signal("KILL");
    killed.end();
    Job resumed = nanoctl.job("resume");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> Files.exists(beside().resolve("data").resolve("postmaster.pid")));
    resumed.signal("KILL");
    resumed.end();
    assertThat(nanoctl.run("install", "--yes").err()).contains("NC-UNFINISHED");
    nanoctl.done(recover);
    assertThat(nanoctl.run("resume").out()).contains("nothing to do");
  }

  private void awaitStep(String name) {
    Path journal = nanoctl.site().resolve("state").resolve("journal.jsonl");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> Files.readString(journal).contains("\"name\":\"" + name + "\""));
  }

  private Path second() {
    return folder.resolve("second");
  }

  private Path images() {
    return nanoctl.site().resolve("images.yml");
  }

  private Path disk() {
    return folder.resolve("disk");
  }

  private String lineage() throws IOException {
    return noted("first-lineage.json", "lineage");
  }

  private String last(String member) throws IOException {
    return noted("first-last.json", member);
  }

  private String noted(String file, String member) throws IOException {
    Path note = nanoctl.site().resolve("state/backup").resolve(file);
    return Files.exists(note)
        ? Json.parseObject(Files.readAllBytes(note)).text(member).orElse("")
        : "";
  }

  /** Killed while PostgreSQL replays the log beside, it goes on from there. */
  private void anotherTimeKilledInTheMiddle(Instant before) throws Exception {
    Job job = nanoctl.job("restore", "--to", before.toString(), "--with-config", "--yes");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .until(() -> Files.exists(beside().resolve("data").resolve("postmaster.pid")));
    job.signal("KILL");
    job.end();
    assertThat(proof.rows()).isEqualTo("1 3 4");
    assertThat(nanoctl.run("restore", "--yes").err()).contains("NC-UNFINISHED");
    assertThat(images()).content().doesNotContain("own");
    assertThat(nanoctl.done("resume").err()).doesNotContain("NC-");
    assertThat(images()).content().isEqualTo(IMAGES);
    assertThat(proof.rows()).isEqualTo("1 2 3");
  }

  private Path beside() {
    return nanoctl.site().resolve("restore").resolve("new").resolve("postgres");
  }

  private void drilled(Path kit) throws Exception {
    await().atMost(PATIENCE).until(() -> nanoctl.run("backup", "status", "--quiet").status() == 0);
    JsonObject full = nanoctl.done("drill", "run", "--kit", kit.toString(), "--json").json();
    JsonObject sampled = nanoctl.done("drill", "run", "--sampled", "--json").json();
    for (JsonObject report : List.of(full, sampled)) {
      assertThat(report.bool("ok")).as("%s", Json.text(report)).contains(true);
      assertThat(report.bool("genuine")).contains(true);
      assertThat(report.array("checks").orElseThrow()).hasSize(8);
    }
    JsonArray list = nanoctl.done("drill", "list", "--json").json().array("drills").orElseThrow();
    assertThat(list.objects().map(drill -> drill.text("id").orElseThrow()))
        .containsExactly(id(sampled), id(full));
    JsonObject shown = nanoctl.done("drill", "show", id(full), "--json").json();
    assertThat(shown.bool("genuine")).contains(true);
    assertThat(Files.readString(Path.of(shown.text("page").orElseThrow())))
        .contains("The backup can be restored");
    Path report = nanoctl.site().resolve("state/drills").resolve(id(full) + ".json");
    Files.writeString(
        report, Files.readString(report).replace("\"rpoSeconds\"", " \"rpoSeconds\""));
    assertThat(nanoctl.run("drill", "show", id(full), "--json").json().bool("genuine"))
        .contains(false);
    assertThat(nanoctl.site().resolve("cache").resolve("drill")).doesNotExist();
    JsonArray kept = nanoctl.done("backup", "list", "--json").json().array("backups").orElseThrow();
    assertThat(kept.objects().filter(backup -> backup.bool("drilled").orElse(false))).hasSize(1);
  }

  private static String id(JsonObject report) {
    return report.text("id").orElseThrow();
  }
}
