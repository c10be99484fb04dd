package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.crypto.MasterKey;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.repo.Bandwidth;
import dev.nanoctl.backup.repo.DirectoryRepository;
import dev.nanoctl.backup.wal.SealedLog;
import dev.nanoctl.cli.testing.ExternalSite;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for log, by a clock that goes on by eleven minutes whenever somebody looks. */
class LogWaitTest {
  private static final UUID LINEAGE = UUID.randomUUID();
  private static final LogPosition CUT = new LogPosition(1 << 24);
  private static final LogPosition BEYOND = new LogPosition((1 << 24) + 1);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private Optional<Parts> made = Optional.empty();

  private record Parts(DirectoryRepository repository, TargetFiles files, LogWait waiting) {}

  @BeforeEach
  void make() throws IOException {
    var address = new DatabaseAddress(1, "nano", "nano", new Secret("not a secret"));
    Instance instance = ExternalSite.write(folder.resolve("site"), address);
    Files.createDirectories(instance.layout().backup());
    Path disk = folder.resolve("disk");
    var target = new Target("first", new Place.Directory(disk), Optional.empty());
    InstantSource clock = () -> now = now.plus(Duration.ofMinutes(11));
    made =
        Optional.of(
            new Parts(
                DirectoryRepository.create(disk, Bandwidth.UNLIMITED),
                new TargetFiles(instance.layout(), "first"),
                new LogWait(instance, target, clock)));
  }

  @AfterEach
  void close() throws IOException {
    made.orElseThrow().repository().close();
  }

  @Test
  void aBackupIsNotDoneBeforeTheLogAfterItsCutIsShipped() throws IOException {
    shipped(CUT);
    assertThatCode(() -> await(CUT)).doesNotThrowAnyException();
    assertThatThrownBy(() -> await(BEYOND)).hasMessageContaining("did not arrive");
    shipped(BEYOND);
    assertThatCode(() -> await(BEYOND)).doesNotThrowAnyException();
  }

  private void shipped(LogPosition durable) throws IOException {
    made.orElseThrow()
        .files()
        .shipping(
            new ShippingNote(
                now,
                Optional.of(LINEAGE),
                Optional.of(new ShippingNote.Progress(1, BEYOND, durable)),
                now,
                0,
                ""));
  }

  private void await(LogPosition until) throws IOException {
    var random = new SecureRandom();
    var sealer = new Sealer(UUID.randomUUID(), MasterKey.generate(random), random);
    var log = new SealedLog(made.orElseThrow().repository(), sealer);
    var cut = new DatabaseCut(LINEAGE, 7, 1, CUT, CUT, "18");
    made.orElseThrow().waiting().requireDurable(log, cut, until);
  }
}
