package dev.nanoctl.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.repo.ForwardingRepository;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Retention ONE = new Retention(1, 0, 1);

  /** Lists as told, and refuses deletions if told. */
  private static final class Store {
    final MemoryRepository objects = new MemoryRepository();
    boolean locked;
    int shown = Integer.MAX_VALUE;
    Set<String> hidden = Set.of();
  }

  private final Store store = new Store();
  private final Site site = new Site(1);
  private Vault vault;

  @BeforeEach
  void twoBackups() throws IOException {
    vault = site.create(repository());
    site.fill("base/1/1", 50);
    site.backup(vault);
    later(24);
    site.fill("base/1/1", 50);
    site.backup(vault);
  }

  private Repository repository() {
    return new ForwardingRepository(store.objects) {
      @Override
      public void list(String prefix, Consumer<Listed> each) throws IOException {
        var left = new int[] {store.shown};
        super.list(
            prefix,
            item -> {
              if (left[0]-- > 0 && !store.hidden.contains(item.key())) {
                each.accept(item);
              }
            });
      }

      @Override
      public void delete(String key) throws IOException {
        if (store.locked) {
          throw new RepositoryException(Kind.DENIED, key, "locked");
        }
        super.delete(key);
      }
    };
  }

  private void later(int hours) {
    site.now = site.now.plus(Duration.ofHours(hours));
  }

  private GarbageCollector.Report collect() throws IOException {
    return vault.collector(GRACE, List.of(), 1).run(ONE, ZoneOffset.UTC);
  }

  private Set<String> keys(String prefix) {
    return store.objects.objects.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  @Test
  void whatExpiredGoesInTwoPhases() throws IOException {
    assertThat(collect().expired()).hasSize(1);
    later(23);
    assertThat(collect().removed()).isZero();
    assertThat(keys("packs/")).hasSize(2);
    later(2);
    assertThat(collect().removed()).isEqualTo(2);
    assertThat(keys("packs/")).hasSize(1);
    assertThat(keys("manifests/")).hasSize(1);
    vault.newest().verify();
    later(48);
    assertThat(collect().removed()).isZero();
  }

  @Test
  void whatCannotBeDeletedIsTriedAgain() throws IOException {
    collect();
    later(25);
    store.locked = true;
    assertThat(collect().refused()).isEqualTo(2);
    store.locked = false;
    assertThat(collect().removed()).isEqualTo(2);
  }

  @Test
  void aShrunkenOrEmptyListingStopsIt() throws IOException {
    collect();
    later(25);
    store.shown = 0;
    VaultTest.code("NC-REPO-SHRUNKEN", this::collect);
    assertThat(keys("packs/")).hasSize(2);
  }

  @Test
  void aListingWithoutAPackOfAGoodBackupStopsIt() throws IOException {
    collect();
    later(25);
    store.hidden = Set.copyOf(packs(vault.newest()));
    VaultTest.code("NC-REPO-SHRUNKEN", this::collect);
    assertThat(keys("packs/")).hasSize(2);
  }

  @Test
  void withTheFirstBackupOfAHistoryItsLogCanBeReplayed() throws IOException {
    UUID history = UUID.randomUUID();
    backup(history);
    later(1);
    backup(UUID.randomUUID());
    later(1);
    backup(UUID.randomUUID());
    List<JournalState.Backup> all = vault.journal().state().backups();
    assertThat(collect().expired())
        .containsExactly(all.getFirst().id(), all.get(1).id())
        .doesNotContain(all.get(2).id());
  }

  private void backup(UUID history) throws IOException {
    LogPosition at = new LogPosition(16 << 20);
    var cut = new DatabaseCut(history, 7, 1, at, at, "18");
    try (SnapshotWriter writer = vault.begin(Site.SETTINGS)) {
      site.write(writer);
      site.publish(writer, Optional.of(cut), _ -> {});
    }
  }

  private static List<String> packs(Snapshot snapshot) {
    return snapshot.stored().packs().stream().map(pack -> pack.key()).toList();
  }

  @Test
  void aNewestBackupThatCannotBeReadStopsIt() throws IOException {
    String pack = vault.newest().stored().packs().getFirst().key();
    store.objects.objects.remove(pack);
    VaultTest.code("NC-REPO-DAMAGED", this::collect);
    assertThat(vault.journal().state().backups()).hasSize(2);
  }

  @Test
  void withoutAGoodBackupNothingIsRemoved() throws IOException {
    for (JournalState.Backup backup : vault.journal().state().backups()) {
      vault.journal().append(new JournalEvent.Failed(backup.id()));
    }
    VaultTest.code("NC-REPO-SHRUNKEN", this::collect);
  }

  @Test
  void aDrilledBackupStays() throws IOException {
    JournalState.Backup old = vault.journal().state().backups().getFirst();
    vault.journal().append(new JournalEvent.Drilled(old.id()));
    assertThat(collect().expired()).isEmpty();
  }

  @Test
  void aBackupThatOutlivedTheGraceOfItsParentIsNotPublished() throws IOException {
    try (SnapshotWriter slow = vault.begin(Site.SETTINGS)) {
      site.write(slow);
      Vault other = site.open(repository());
      SnapshotManifest full;
      site.fill("base/1/2", 3);
      try (SnapshotWriter writer = other.beginFull(Site.SETTINGS)) {
        full = site.backup(writer);
      }
      other
          .journal()
          .append(
              new JournalEvent.Expired(
                  other.journal().state().backups().stream()
                      .map(JournalState.Backup::id)
                      .filter(id -> !id.equals(full.id()))
                      .toList()));
      other.collector(GRACE, List.of(), 1).run(Retention.STANDARD, ZoneOffset.UTC);
      later(25);
      other.collector(GRACE, List.of(), 1).run(Retention.STANDARD, ZoneOffset.UTC);
      VaultTest.code("NC-BACKUP-NOT-PUBLISHED", () -> site.publish(slow));
    }
    VaultTest.same(Site.restore(site.open(repository()).newest()), site.files);
  }

  @Test
  void whatAnotherPublishedMeanwhileIsSeen() throws IOException {
    collect();
    later(24);
    Vault other = site.open(repository());
    site.fill("base/1/1", 50);
    SnapshotManifest newest = site.backup(other);
    assertThat(collect().expired()).hasSize(1);
    later(25);
    collect();
    assertThat(keys("manifests/")).containsExactly("manifests/" + newest.id());
    VaultTest.same(Site.restore(vault.newest()), site.files);
  }

  @Test
  void aDamagedBackupThatCannotBeReadStopsNothing() throws IOException {
    vault.journal().append(new JournalEvent.Drilled(first().id()));
    site.fill("base/1/1", 50);
    later(1);
    site.backup(vault);
    vault.journal().append(new JournalEvent.Failed(first().id()));
    String pack = vault.open(first()).stored().packs().getFirst().key();
    store.objects.objects.remove(pack);
    collect();
    assertThat(vault.journal().state().backups()).hasSize(1);
  }

  private JournalState.Backup first() {
    return vault.journal().state().backups().getFirst();
  }

  @Test
  void whatIsNeededAgainIsNotSwept() throws IOException {
    store.objects.objects.put("wal/1", new byte[1]);
    var needed = new boolean[1];
    LiveKeys wal =
        new LiveKeys() {
          @Override
          public String prefix() {
            return "wal/";
          }

          @Override
          public boolean isLive(String key) {
            return needed[0];
          }

          @Override
          public Map<String, String> held(Collection<String> keys) {
            return Map.of();
          }

          @Override
          public void read(String key) {
            throw new AssertionError("nothing replaces anything");
          }
        };
    vault.collector(GRACE, List.of(wal), 1).run(ONE, ZoneOffset.UTC);
    later(25);
    needed[0] = true;
    vault.collector(GRACE, List.of(wal), 1).run(ONE, ZoneOffset.UTC);
    assertThat(keys("wal/")).containsExactly("wal/1");
  }

  @Test
  void keysOfOthersGoOnlyWhenTheyAreNotNeeded() throws IOException {
    store.objects.objects.put("wal/1", new byte[1]);
    store.objects.objects.put("wal/2", new byte[1]);
    LiveKeys wal =
        new LiveKeys() {
          @Override
          public String prefix() {
            return "wal/";
          }

          @Override
          public boolean isLive(String key) {
            return key.equals("wal/2");
          }

          @Override
          public Map<String, String> held(Collection<String> keys) {
            return Map.of();
          }

          @Override
          public void read(String key) {
            throw new AssertionError("nothing replaces anything");
          }
        };
    vault.collector(GRACE, List.of(wal), 1).run(ONE, ZoneOffset.UTC);
    later(25);
    vault.collector(GRACE, List.of(wal), 1).run(ONE, ZoneOffset.UTC);
    assertThat(keys("wal/")).containsExactly("wal/2");
  }
}
