package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.restore.RestorePlan;
import dev.nanoctl.backup.restore.RestoreTarget;
import dev.nanoctl.backup.testing.GoldenFiles;
import dev.nanoctl.backup.wal.CompactionPlan;
import dev.nanoctl.backup.wal.LiveLog;
import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.backup.wal.LogRange;
import dev.nanoctl.backup.wal.LogReader;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.backup.wire.TimelineHistory;
import dev.nanoctl.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repositories that earlier versions wrote must be readable for ever. {@code -Dgolden.write=DIR}
 * writes those of the present format, for a new format only.
 */
class GoldenRepositoryTest {
  private static final Secret RECOVERY =
      new Secret("06MDY-S4N3T-FPT9J-M6BVV-5H7ZN-JA30N-D9A5F-9RZZ2-76S6H-KGYER-SQH5D-RRDP0");

  private static final Map<String, String> FILES =
      Map.of(
          "PG_VERSION", "7ee29791fc17e986b97128845622b077fb45e349fdb80523fac9dba879b4ad60",
          "base/1/1", "17fdbcfe55862b020f607c2cbac797df41af31e72d056d697278fa61bde7a1e6",
          "base/1/2", "aa5234017fa2f65748783f3c855d099b555746a6bf8671a0bba5810f761dadfb",
          "base/1/3", "28b4f41a7f3ee6d8cc87272db6e09c6d3566551fd4d18702b041a21658272a85");

  private static final UUID LINEAGE = new UUID(5, 6);
  private static final DatabaseCut CUT =
      new DatabaseCut(
          LINEAGE, 7, 2, new LogPosition(0x100_0100), new LogPosition(0x100_0980), "18.6");

  @TempDir private Path folder;

  @Test
  void formatOneIsReadWithThePassphrase() throws Exception {
    check(Vault.open(copy("format-1"), Site.PASSPHRASE, new Site(1).machine()));
  }

  @Test
  void formatOneIsReadWithTheRecoveryKey() throws Exception {
    check(Vault.open(copy("format-1"), RecoveryKey.parse(RECOVERY), new Site(1).machine()));
  }

  @Test
  void formatOneIsReadWithLogThatWasCompacted() throws Exception {
    checkLog(copy("format-1-log"), new Site(1));
  }

  @Test
  void compactedLogThatIsWrittenNowIsOfTheSameForm() throws IOException {
    Path place = place("log");
    var site = new Site(20261122);
    Vault vault = site.create(DirectoryRepository.create(place, Bandwidth.UNLIMITED));
    var log = new SealedLog(open(place), vault.sealer());
    log.putHistory(LINEAGE, TimelineHistory.parse(2, "1 0/1000100 x"));
    for (long at = 0x100_0000; at < 0x100_0A00; at += 0x100) {
      log.put(range(at, at + 0x100), ByteBuffer.wrap(log(at, at + 0x100)));
    }
    site.fill("base/1/1", 1);
    try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
      site.write(writer);
      site.publish(writer, Optional.of(CUT), _ -> {});
    }
    var limits =
        new LogCompactor.Limits(
            new CompactionPlan(0x400, 4), Duration.ofHours(-1), 100, Duration.ofHours(1));
    new LogCompactor(log, vault.journal().state(), InstantSource.system(), limits).run();
    var live = new LiveLog(log, List.of(CUT), List.of(CUT), List.of());
    var collector = vault.collector(Duration.ofHours(1), List.of(live), 1);
    collector.run(Retention.STANDARD, ZoneOffset.UTC);
    open(place).delete(range(0x100_0100, 0x100_0200).key());
    checkLog(open(place), site);
  }

  private static LogRange range(long start, long end) {
    return new LogRange(LINEAGE, 2, new LogPosition(start), new LogPosition(end));
  }

  private static byte[] log(long start, long end) {
    byte[] bytes = new byte[(int) (end - start)];
    for (long at = start; at < end; at++) {
      bytes[(int) (at - start)] = (byte) ((at * at) >> 3);
    }
    return bytes;
  }

  /** Some pieces are there twice, some only in a larger one, some only as they came. */
  private static void checkLog(DirectoryRepository repository, Site site) throws IOException {
    Vault vault = site.open(repository);
    var log = new SealedLog(repository, vault.sealer());
    assertThat(vault.newest().manifest().database()).contains(CUT);
    assertThat(log.history(LINEAGE, 2)).contains(TimelineHistory.parse(2, "1 0/1000100 x"));
    assertThat(log.list(LINEAGE))
        .contains(range(0x100_0000, 0x100_0400), range(0x100_0900, 0x100_0A00))
        .doesNotContain(range(0x100_0100, 0x100_0200))
        .hasSize(11);
    assertThat(vault.journal().state().replacing(range(0x100_0400, 0x100_0800).key())).isPresent();
    var plan =
        RestorePlan.of(
            CUT,
            TimelineHistory.none(2),
            log.list(LINEAGE),
            new RestoreTarget.Position(new LogPosition(0x100_0A00)));
    RestorePlan.Part part = plan.parts().getFirst();
    assertThat(part.ranges()).hasSize(4);
    var read = new ByteArrayOutputStream();
    new LogReader(log).read(part.ranges(), part.start(), part.end(), read::write);
    assertThat(read.toByteArray()).isEqualTo(log(0x100_0000, 0x100_0A00));
    new LogReader(log)
        .read(
            List.of(range(0x100_0000, 0x100_0100), range(0x100_0100, 0x100_0200)),
            new LogPosition(0x100_0000),
            new LogPosition(0x100_0200),
            (bytes, offset, length) ->
                assertThat(Arrays.copyOfRange(bytes, offset, offset + length)).isNotEmpty());
  }

  private Path place(String name) {
    String target = System.getProperty("golden.write", "");
    return target.isEmpty() ? folder.resolve(name) : Path.of(target, name);
  }

  @Test
  void whatIsWrittenNowIsOfTheSameForm() throws IOException {
    Path place = place("new");
    Site site = write(place);
    assertThat(digests(Site.restore(site.open(open(place)).newest()))).isEqualTo(FILES);
    assertThat(site.recovery.text().value()).isEqualTo(RECOVERY.value());
  }

  private static DirectoryRepository open(Path place) throws IOException {
    return DirectoryRepository.open(place, Bandwidth.UNLIMITED);
  }

  private static Site write(Path place) throws IOException {
    Site site = new Site(20261121);
    Vault vault = site.create(DirectoryRepository.create(place, Bandwidth.UNLIMITED));
    site.fill("base/1/1", 2);
    site.files.put("base/1/2", "nanoctl ".repeat(5000).getBytes(StandardCharsets.UTF_8));
    site.files.put("base/1/3", new byte[20_000]);
    site.files.put("PG_VERSION", "18\n".getBytes(StandardCharsets.UTF_8));
    SnapshotManifest first = site.backup(vault);
    site.change("base/1/1", 1);
    site.backup(vault);
    vault.journal().append(new JournalEvent.Drilled(first.id()));
    return site;
  }

  private static void check(Vault vault) throws IOException {
    List<JournalState.Backup> backups = vault.journal().state().backups();
    assertThat(backups).hasSize(2);
    assertThat(backups.getFirst().drilled()).isTrue();
    for (JournalState.Backup backup : backups) {
      vault.open(backup).verify();
    }
    assertThat(digests(Site.restore(vault.newest()))).isEqualTo(FILES);
  }

  private static Map<String, String> digests(Map<String, byte[]> files) {
    Map<String, String> digests = new TreeMap<>();
    files.forEach((path, bytes) -> digests.put(path, Digests.sha256(bytes)));
    return digests;
  }

  private DirectoryRepository copy(String name) throws IOException, URISyntaxException {
    return open(GoldenFiles.copy(name, folder.resolve("golden-" + name)));
  }
}
