package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.KeyWraps;
import dev.nanoctl.backup.crypto.MasterKey;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.manifest.JournalState.Backup;
import dev.nanoctl.backup.pack.BlockMap;
import dev.nanoctl.backup.pack.PackRef;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** An opened repository: its keys, its journal and its snapshots. Not for several threads. */
public final class Vault {
  private static final int MOST_KEYS = 64;
  private static final int LARGEST_KEY = 64 * 1024;

  private final Repository repository;
  private final MasterKey key;
  private final Sealer sealer;
  private final Journal journal;
  private final RandomGenerator random;

  private Vault(
      Repository repository,
      MasterKey key,
      Sealer sealer,
      Journal journal,
      RandomGenerator random) {
    this.repository = repository;
    this.key = key;
    this.sealer = sealer;
    this.journal = journal;
    this.random = random;
  }

  /**
   * What a vault needs of the machine it is opened on.
   *
   * @param random a secure source outside of tests
   */
  public record Machine(JournalMemory memory, InstantSource clock, RandomGenerator random) {}

  /**
   * Makes a repository in an empty place.
   *
   * @param recovery the public half of the recovery key
   */
  public static Vault create(
      Repository repository, Secret passphrase, Argon2 cost, byte[] recovery, Machine machine)
      throws IOException {
    requireEmpty(repository);
    UUID id = uuid(machine.random());
    MasterKey key = MasterKey.generate(machine.random());
    var wraps = new KeyWraps(id, machine.random());
    repository.put(key(1), ByteBuffer.wrap(wraps.wrap(key, passphrase, cost)));
    repository.put(key(2), ByteBuffer.wrap(wraps.wrap(key, recovery)));
    var sealer = new Sealer(id, key, machine.random());
    Journal journal = Journal.create(repository, sealer, machine.memory(), machine.clock());
    return new Vault(repository, key, sealer, journal, machine.random());
  }

  /** Refuses a place that holds a repository, whoever's it is. */
  public static void requireEmpty(Repository repository) throws IOException {
    if (repository.get(key(1), LARGEST_KEY).isPresent()) {
      throw RepositoryProblem.foreign("there is a repository already");
    }
  }

  /** Opens a repository with its passphrase. */
  public static Vault open(Repository repository, Secret passphrase, Machine machine)
      throws IOException {
    return open(repository, machine, (wraps, bytes) -> wraps.open(bytes, passphrase));
  }

  /** Opens a repository with its recovery key. */
  public static Vault open(Repository repository, RecoveryKey recovery, Machine machine)
      throws IOException {
    return open(repository, machine, (wraps, bytes) -> wraps.open(bytes, recovery));
  }

  private interface Opening {
    Optional<MasterKey> open(KeyWraps wraps, byte[] wrapped);
  }

  private static Vault open(Repository repository, Machine machine, Opening opening)
      throws IOException {
    byte[] first =
        repository
            .get(key(1), LARGEST_KEY)
            .orElseThrow(() -> RepositoryProblem.foreign("there is no repository here"));
    UUID id = idOf(first);
    var wraps = new KeyWraps(id, machine.random());
    for (int n = 1; n <= MOST_KEYS; n++) {
      Optional<byte[]> wrapped = repository.get(key(n), LARGEST_KEY);
      if (wrapped.isEmpty()) {
        break;
      }
      Optional<MasterKey> key = opened(key(n), () -> opening.open(wraps, wrapped.get()));
      if (key.isPresent()) {
        var sealer = new Sealer(id, key.get(), machine.random());
        Journal journal = Journal.open(repository, sealer, machine.memory(), machine.clock());
        return new Vault(repository, key.get(), sealer, journal, machine.random());
      }
    }
    throw RepositoryProblem.keyWrong(id);
  }

  private static <T> T opened(String key, Supplier<T> read) {
    try {
      return read.get();
    } catch (JsonSyntaxException
        | JsonTypeException
        | IllegalArgumentException
        | ArithmeticException e) {
      throw RepositoryProblem.damaged(key, "cannot be read", e);
    }
  }

  private static UUID idOf(byte[] wrapped) {
    return opened(
        key(1),
        () ->
            UUID.fromString(
                Json.parseObject(wrapped)
                    .text("repository")
                    .orElseThrow(() -> RepositoryProblem.damaged(key(1), "names no repository"))));
  }

  private static String key(int number) {
    return "keys/" + number;
  }

  private static UUID uuid(RandomGenerator random) {
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x4000L,
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /**
   * Lets one more recovery key open this repository.
   *
   * @param recovery its public half
   */
  public void admit(byte[] recovery) throws IOException {
    byte[] wrapped = new KeyWraps(sealer.repository(), random).wrap(key, recovery);
    for (int n = 1; n <= MOST_KEYS; n++) {
      if (repository.get(key(n), LARGEST_KEY).isEmpty()) {
        repository.put(key(n), ByteBuffer.wrap(wrapped));
        return;
      }
    }
    throw RepositoryProblem.tooManyKeys(MOST_KEYS);
  }

  /** Seals what other parts of a backup keep in this repository, such as write-ahead log. */
  public Sealer sealer() {
    return sealer;
  }

  /** The journal. */
  public Journal journal() {
    return journal;
  }

  /**
   * Begins a snapshot on top of the newest good one. What lies in packs of which less than half is
   * needed by any backup is written anew.
   */
  public SnapshotWriter begin(SnapshotSettings settings) throws IOException {
    journal.refresh();
    List<Backup> good = journal.state().good();
    Optional<Snapshot> parent =
        good.isEmpty() ? Optional.empty() : Optional.of(open(good.getLast()));
    return new SnapshotSession(
        repository, sealer, journal, settings, uuid(random), parent, sparse(good));
  }

  /** Begins a snapshot that takes nothing over from another. */
  public SnapshotWriter beginFull(SnapshotSettings settings) throws IOException {
    journal.refresh();
    return new SnapshotSession(
        repository, sealer, journal, settings, uuid(random), Optional.empty(), Set.of());
  }

  /** Opens the snapshot of a backup that the journal keeps. */
  public Snapshot open(Backup backup) throws IOException {
    return Snapshot.open(repository, sealer, backup);
  }

  /** Opens the newest good snapshot. */
  public Snapshot newest() throws IOException {
    List<Backup> good = journal.state().good();
    if (good.isEmpty()) {
      throw RepositoryProblem.noBackup("there is no good backup in the repository");
    }
    return open(good.getLast());
  }

  /**
   * Removes what is no longer needed.
   *
   * @param threads how many keys are removed at once
   */
  public GarbageCollector collector(Duration grace, List<LiveKeys> others, int threads) {
    return new GarbageCollector(repository, sealer, journal, grace, others, threads);
  }

  /** The ids of packs of which less than half is used by the backups. */
  private Set<String> sparse(List<Backup> backups) throws IOException {
    Map<String, BitSet> used = new HashMap<>();
    Map<String, PackRef> packs = new HashMap<>();
    for (Backup backup : backups) {
      StoredManifest stored = open(backup).stored();
      List<PackRef> table = new ArrayList<>(stored.packs());
      table.forEach(pack -> packs.put(pack.id(), pack));
      Function<Integer, BitSet> bits =
          pack -> used.computeIfAbsent(table.get(pack - 1).id(), _ -> new BitSet());
      stored.manifest().files().stream()
          .flatMap(file -> file.map().runs().stream())
          .filter(run -> run.pack() != BlockMap.ZEROS)
          .forEach(run -> bits.apply(run.pack()).set(run.first(), run.first() + run.count()));
    }
    Set<String> sparse = new HashSet<>();
    packs.forEach((id, pack) -> {
      if (used.getOrDefault(id, new BitSet()).cardinality() * 2L < pack.blocks()) {
        sparse.add(id);
      }
    });
    return sparse;
  }
}
