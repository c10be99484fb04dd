package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repositories that earlier versions wrote must be readable for ever. {@code -Dgolden.write=DIR}
 * writes one of the present format, for a new format only.
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

  @TempDir private Path folder;

  @Test
  void formatOneIsReadWithThePassphrase() throws Exception {
    check(Vault.open(copy(), Site.PASSPHRASE, new Site(1).machine()));
  }

  @Test
  void formatOneIsReadWithTheRecoveryKey() throws Exception {
    check(Vault.open(copy(), RecoveryKey.parse(RECOVERY), new Site(1).machine()));
  }

  @Test
  void whatIsWrittenNowIsOfTheSameForm() throws IOException {
    String target = System.getProperty("golden.write", "");
    Path place = target.isEmpty() ? folder.resolve("new") : Path.of(target);
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

  /** Opening makes a folder for drafts, which must not be made among the resources. */
  private DirectoryRepository copy() throws IOException, URISyntaxException {
    URI golden =
        Objects.requireNonNull(GoldenRepositoryTest.class.getResource("/golden/format-1")).toURI();
    Path from = Path.of(golden);
    Path to = folder.resolve("golden");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return open(to);
  }
}
