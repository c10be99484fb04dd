package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.backup.wal.LogChain;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.cli.backup.SiteBackups;
import dev.nanoctl.cli.backup.UpgradeBackup;
import dev.nanoctl.cli.drill.DrillHealth;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real instance whose backups are taken, kept, read back and let go of, in a directory. */
class BackupIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void whatChangesIsBackedUpAndAnOutageIsCaughtUpWith() throws Exception {
    Path place = folder.resolve("disk").resolve("nanoctl");
    nanoctl.done(
        "install", "--yes", "--no-systemd", "--email", "a@example.org", "--port", "" + port);
    assertThat(nanoctl.run("backup", "create").status()).isEqualTo(2);
    Path kit = folder.resolve("kit.txt");
    nanoctl.done("backup", "target", "add", place.toString(), "--kit", kit.toString());
    assertThat(Files.readString(kit)).contains("recovery key");
    assertThat(problems()).contains("NC-BACKUP-MISSING");

    JsonObject first = nanoctl.done("backup", "create", "--json").json();
    execute("CREATE TABLE proof (n int); INSERT INTO proof VALUES (1), (2), (3)");
    JsonObject second = nanoctl.done("backup", "create", "--json").json();
    assertThat(stored(second)).isLessThan(stored(first) / 3);
    assertThat(nanoctl.done("backup", "list", "--json").json().array("backups").orElseThrow())
        .hasSize(2);
    JsonObject shown = nanoctl.done("backup", "show", "--json").json();
    assertThat(shown.text("id")).isEqualTo(second.text("id"));
    JsonObject facts = shown.object("facts").orElseThrow();
    assertThat(facts.text("rows.proof")).contains("3");
    assertThat(facts.text("schema")).contains("038");
    assertThat(nanoctl.done("backup", "verify").out()).contains("are whole");
    assertThat(nanoctl.done("backup", "prune", "--json").out()).contains("\"expired\"");
    awaitHealthy();
    logIsCompacted(place);

    Path away = folder.resolve("away");
    Files.move(place, away);
    Files.createDirectory(place);
    execute("INSERT INTO proof SELECT generate_series(4, 1000)");
    await().atMost(PATIENCE).until(() -> problems().contains("NC-BACKUP-WAL-BEHIND"));
    assertThat(nanoctl.run("status").status()).isEqualTo(3);
    assertThat(nanoctl.run("backup", "list").status()).isEqualTo(14);
    assertThatThrownBy(this::backUpBeforeAnUpgrade)
        .hasMessageContaining("NC-UPGRADE-BACKUP")
        .satisfies(e ->
            assertThat(((ProblemException) e).problem().fix()).contains("nanoctl backup status"));
    assertThat(place).isEmptyDirectory();
    Files.delete(place);
    Files.move(away, place);
    awaitHealthy();
    int before = kept();
    backUpBeforeAnUpgrade();
    assertThat(kept()).isEqualTo(before + 1);
    killedInTheMiddle();
    assertThat(nanoctl.done("backup", "verify", "--json").json().text("id")).contains(noted("id"));

    damage(place);
    assertThat(nanoctl.run("backup", "verify").status()).isEqualTo(3);
    nanoctl.done("stop");
    assertThat(keepers()).isEmpty();
  }

  /** As the program does, in this process. */
  private void backUpBeforeAnUpgrade() {
    var backups = new SiteBackups(InstantSource.system(), DrillHealth::look);
    new UpgradeBackup(backups).take(new SiteFolder(nanoctl.site()));
  }

  private int kept() throws Exception {
    return nanoctl.done("backup", "list", "--json").json().array("backups").orElseThrow().size();
  }

  /** First the process that takes one, then the agent that started it anew. */
  private void killedInTheMiddle() throws Exception {
    String lineage = noted("lineage");
    // as if the log had begun another history: a backup is due at once
    Files.writeString(
        last(), Files.readString(last()).replace(lineage, UUID.randomUUID().toString()));
    ProcessHandle keeper = takingABackup();
    ProcessHandle agent = keeper.parent().orElseThrow();
    keeper.destroyForcibly();
    ProcessHandle next = takingABackup();
    assertThat(next.pid()).isNotEqualTo(keeper.pid());
    agent.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !next.isAlive());
    assertThat(noted("lineage")).isNotEqualTo(lineage);
    nanoctl.done("start");
    await().atMost(PATIENCE).until(() -> noted("lineage").equals(lineage));
    awaitHealthy();
  }

  /** The process that keeps backups, in the middle of one. */
  private ProcessHandle takingABackup() {
    Path running = nanoctl.site().resolve("state/backup/backup-running.json");
    return await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              String holder = Files.readString(running);
              return keepers().stream()
                  .filter(pid -> holder.contains(Long.toString(pid)))
                  .flatMap(pid -> ProcessHandle.of(pid).stream())
                  .findFirst();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** About the last good backup. */
  private String noted(String member) throws IOException {
    return Json.parseObject(Files.readAllBytes(last())).text(member).orElseThrow();
  }

  private Path last() {
    return nanoctl.site().resolve("state/backup/first-last.json");
  }

  private static long stored(JsonObject made) {
    return made.integer("storedBytes").orElseThrow();
  }

  private void execute(String sql) throws Exception {
    Instance.require(new SiteFolder(nanoctl.site())).database().execute(sql);
  }

  private List<String> problems() throws IOException, InterruptedException {
    return nanoctl
        .run("backup", "status", "--json")
        .json()
        .array("problems")
        .orElseThrow()
        .objects()
        .map(problem -> problem.text("code").orElseThrow())
        .toList();
  }

  private void awaitHealthy() {
    await().atMost(PATIENCE).until(() -> problems().isEmpty());
  }

  private List<Long> keepers() {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process
                .info()
                .commandLine()
                .filter(line -> line.contains(nanoctl.site() + " backup keep"))
                .isPresent())
        .map(ProcessHandle::pid)
        .toList();
  }

  /** After an hour; the repository tells the time by the times of its files. */
  private void logIsCompacted(Path place) throws Exception {
    List<LogRange> before = pieces(place);
    assertThat(before).hasSizeGreaterThan(16).allMatch(range -> range.length() <= 1 << 20);
    FileTime earlier = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (LogRange range : before) {
      Files.setLastModifiedTime(place.resolve(range.key()), earlier);
    }
    nanoctl.done("restart");
    await()
        .atMost(PATIENCE)
        .until(() -> LogChain.all(1, pieces(place)).getFirst().ranges().size() < before.size() / 2);
    assertThat(pieces(place)).containsAll(before).anyMatch(range -> range.length() > 8 << 20);
    assertThat(nanoctl.done("backup", "prune", "--json").out()).contains("\"removed\": 0");
    assertThat(nanoctl.done("backup", "verify").out()).contains("are whole");
    awaitHealthy();
  }

  private static List<LogRange> pieces(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place.resolve("wal"))) {
      return files
          .flatMap(file -> LogRange.parse(place.relativize(file).toString()).stream())
          .toList();
    }
  }

  /** Changes one byte in the middle of the largest pack. */
  private static void damage(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place.resolve("packs"))) {
      Path pack =
          files
              .filter(Files::isRegularFile)
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 2] ^= 1;
      Files.write(pack, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
  }
}
