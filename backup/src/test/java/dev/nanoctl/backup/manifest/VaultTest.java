package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.repo.ForwardingRepository;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VaultTest {
  private final MemoryRepository repository = new MemoryRepository();
  private final Site site = new Site(1);
  private Vault vault;

  @BeforeEach
  void create() throws IOException {
    vault = site.create(repository);
    site.fill("base/1/1", 300);
    site.fill("base/1/2", 3);
    site.files.put("base/1/3", new byte[100 * 8192 + 77]);
    site.files.put("base/1/4", new byte[0]);
    site.files.put("PG_VERSION", new byte[] {'1', '8', '\n'});
  }

  @Test
  void whatWasBackedUpIsRestored() throws IOException {
    site.backup(vault);
    same(Site.restore(site.open(repository).newest()), site.files);
  }

  @Test
  void theRecoveryKeyAloneOpensIt() throws IOException {
    site.backup(vault);
    Site empty = new Site(99);
    Vault recovered = Vault.open(repository, site.recovery, empty.machine());
    same(Site.restore(recovered.newest()), site.files);
    assertThat(recovered.newest().manifest().facts()).containsEntry("rows", "7");
  }

  @Test
  void aKeyThatIsAdmittedLaterOpensItToo() throws IOException {
    RecoveryKey later = RecoveryKey.generate(new Random(77));
    code("NC-REPO-KEY-WRONG", () -> Vault.open(repository, later, site.machine()));
    site.open(repository).admit(later.publicKey());
    Vault.open(repository, later, site.machine());
    Vault.open(repository, site.recovery, site.machine());
    for (int n = 4; n <= 64; n++) {
      vault.admit(later.publicKey());
    }
    code("NC-REPO-KEYS-FULL", () -> vault.admit(later.publicKey()));
  }

  @Test
  void nothingElseOpensIt() {
    code("NC-REPO-KEY-WRONG", () -> Vault.open(repository, new Secret("x"), site.machine()));
    code("NC-REPO-KEY-WRONG", () -> Vault.open(repository, new Site(2).recovery, site.machine()));
    code("NC-REPO-FOREIGN", () -> site.open(new MemoryRepository()));
  }

  @Test
  void onlyChangedBlocksAreStoredAgain() throws IOException {
    site.backup(vault);
    long before = stored("packs/");
    site.change("base/1/1", 7);
    site.change("base/1/1", 250);
    site.backup(vault);
    assertThat(stored("packs/") - before).isBetween(2L * 8192, 2L * 8192 + 500);
    same(Site.restore(vault.newest()), site.files);
  }

  @Test
  void anUnchangedSnapshotStoresNoPackAndAManifestOfItsOwn() throws IOException {
    SnapshotManifest first = site.backup(vault);
    long before = stored("packs/");
    SnapshotManifest second = site.backup(vault);
    assertThat(stored("packs/")).isEqualTo(before);
    repository.objects.remove("manifests/" + first.id());
    assertThat(second.id()).isNotEqualTo(first.id());
    same(Site.restore(site.open(repository).newest()), site.files);
  }

  @Test
  void anObjectThatTheParentHasIsNotReadAgain() throws IOException {
    byte[] content = Objects.requireNonNull(site.files.get("base/1/1"));
    String sha256 = Digests.sha256(content);
    SourceFile file = SourceFile.file("nano/1.zip", content.length, site.now, 0600);
    for (boolean again : new boolean[] {false, true}) {
      try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
        assertThat(writer.reuse(Part.OBJECTS, file, sha256)).isEqualTo(again);
        if (!again) {
          BlockSink sink = writer.sink(Part.OBJECTS);
          sink.begin(file);
          sink.write(content, 0, content.length);
          sink.end();
        }
        writer.publish(new SnapshotWriter.Finish(site.now, Optional.empty(), _ -> {}, Map.of()));
      }
    }
    assertThat(Site.restore(vault.newest()).get("nano/1.zip")).isEqualTo(content);
    assertThat(vault.newest().manifest().files().getFirst().sha256()).isEqualTo(sha256);
  }

  @Test
  void aFileInManyPiecesReadsNoFrameTwice() throws IOException {
    site.files.clear();
    site.fill("base/1/1", 320);
    site.backup(vault);
    for (int block = 0; block < 320; block += 2) {
      site.change("base/1/1", block);
    }
    site.backup(vault);
    var parts = new AtomicInteger();
    var counting =
        new ForwardingRepository(repository) {
          @Override
          public byte[] get(String key, long offset, int length) throws IOException {
            parts.incrementAndGet();
            return super.get(key, offset, length);
          }
        };
    same(Site.restore(site.open(counting).newest()), site.files);
    // ten frames of one pack, five of the other, two indexes
    assertThat(parts.get()).isLessThanOrEqualTo(17);
  }

  @Test
  void aFileOfAnotherSizeThanAnnouncedIsRefused() throws IOException {
    try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
      BlockSink sink = writer.sink(Part.CONFIG);
      sink.begin(SourceFile.file("a", 3, site.now, 0600));
      sink.write(new byte[2], 0, 2);
      assertThatThrownBy(sink::end).isInstanceOf(IOException.class).hasMessageContaining("2 bytes");
    }
  }

  @Test
  void everyFlippedBitOfEveryObjectShows() throws IOException {
    site.files.clear();
    site.fill("base/1/1", 2);
    site.backup(vault);
    site.change("base/1/1", 1);
    site.backup(vault);
    for (String key : List.copyOf(repository.objects.keySet())) {
      byte[] whole = Objects.requireNonNull(repository.objects.get(key));
      int step = Math.max(1, whole.length / 61);
      for (int at = 0; at < whole.length; at += step) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << at % 8);
        repository.objects.put(key, flipped);
        assertThatThrownBy(this::openAndVerify)
            .as("%s byte %d of %d", key, at, whole.length)
            .isInstanceOf(ProblemException.class);
      }
      repository.objects.put(key, new byte[0]);
      assertThatThrownBy(this::openAndVerify).as(key).isInstanceOf(ProblemException.class);
      repository.objects.remove(key);
      assertThatThrownBy(this::openAndVerify).as(key).isInstanceOf(ProblemException.class);
      repository.objects.put(key, whole);
    }
    openAndVerify();
  }

  /** Both keys are tried, as a change of one must not hide behind the other. */
  private void openAndVerify() throws IOException {
    Vault.open(repository, site.recovery, site.machine());
    Vault opened = site.open(repository);
    for (JournalState.Backup backup : opened.journal().state().backups()) {
      opened.open(backup).verify();
    }
  }

  @Test
  void aRepositoryThatWasSetBackIsNoticed() throws IOException {
    site.backup(vault);
    var old = new TreeMap<>(repository.objects);
    site.change("base/1/1", 1);
    site.backup(vault);
    repository.objects.clear();
    repository.objects.putAll(old);
    code("NC-REPO-ROLLED-BACK", () -> site.open(repository));
  }

  @Test
  void anotherHistoryOfTheSameLengthIsNoticed() throws IOException {
    var start = new TreeMap<>(repository.objects);
    var head = site.head;
    site.backup(vault);
    var first = site.head;
    repository.objects.clear();
    repository.objects.putAll(start);
    site.head = head;
    site.backup(site.open(repository));
    site.head = first;
    code("NC-REPO-ROLLED-BACK", () -> site.open(repository));
  }

  @Test
  void anEntryThatIsReplayedIsNoticed() throws IOException {
    site.backup(vault);
    repository.objects.put(
        "journal/000000000002",
        Objects.requireNonNull(repository.objects.get("journal/000000000001")));
    code("NC-REPO-ROLLED-BACK", () -> site.open(repository));
  }

  @Test
  void aMissingEntryIsNoticedEvenOnANewMachine() throws IOException {
    site.backup(vault);
    site.backup(vault);
    repository.objects.remove("journal/000000000001");
    site.head = Optional.empty();
    code("NC-REPO-DAMAGED", () -> site.open(repository));
  }

  @Test
  void packsOfWhichLittleIsNeededAreWrittenAnew() throws IOException {
    site.files.clear();
    site.fill("base/1/1", 100);
    site.fill("base/1/2", 40);
    SnapshotManifest first = site.backup(vault);
    site.files.remove("base/1/1");
    site.backup(vault);
    vault.journal().append(new JournalEvent.Expired(List.of(first.id())));
    site.backup(vault);
    List<String> packs =
        new ArrayList<>(vault.newest().stored().packs().stream().map(p -> p.key()).toList());
    assertThat(packs).hasSize(1);
    assertThat(vault.newest().stored().packs().getFirst().blocks()).isEqualTo(40);
    same(Site.restore(vault.newest()), site.files);
  }

  private long stored(String prefix) {
    return repository.objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .mapToLong(object -> object.getValue().length)
        .sum();
  }

  static void same(Map<String, byte[]> actual, Map<String, byte[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((path, bytes) -> assertThat(actual.get(path)).as(path).isEqualTo(bytes));
  }

  static void code(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }
}
