package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.Argon2;
import dev.nanoctl.backup.crypto.RecoveryKey;
import dev.nanoctl.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A small appliance with files in memory, and what tests do with it. */
final class Site implements JournalMemory {
  static final Secret PASSPHRASE = new Secret("correct horse");
  static final SnapshotSettings SETTINGS = new SnapshotSettings(8192, Runnable::run);
  private static final Argon2 CHEAP = new Argon2(8, 1, 1);

  final Map<String, byte[]> files = new TreeMap<>();
  final Random random;
  final RecoveryKey recovery;
  Instant now = Instant.parse("2026-11-21T02:00:00Z");
  Optional<Head> head = Optional.empty();

  Site(long seed) {
    this.random = new Random(seed);
    this.recovery = RecoveryKey.generate(random);
  }

  @Override
  public Optional<Head> load() {
    return head;
  }

  @Override
  public void save(Head seen) {
    head = Optional.of(seen);
  }

  Vault.Machine machine() {
    return new Vault.Machine(this, () -> now, random);
  }

  Vault create(Repository repository) throws IOException {
    return Vault.create(repository, PASSPHRASE, CHEAP, recovery.publicKey(), machine());
  }

  Vault open(Repository repository) throws IOException {
    return Vault.open(repository, PASSPHRASE, machine());
  }

  void fill(String path, int blocks) {
    byte[] bytes = new byte[blocks * 8192];
    random.nextBytes(bytes);
    files.put(path, bytes);
  }

  void change(String path, int block) {
    byte[] bytes = Objects.requireNonNull(files.get(path)).clone();
    bytes[block * 8192 + random.nextInt(8192)] ^= (byte) (1 + random.nextInt(255));
    files.put(path, bytes);
  }

  SnapshotManifest backup(Vault vault) throws IOException {
    try (SnapshotWriter writer = vault.begin(SETTINGS)) {
      return backup(writer);
    }
  }

  SnapshotManifest backup(SnapshotWriter writer) throws IOException {
    write(writer);
    return publish(writer);
  }

  void write(SnapshotWriter writer) throws IOException {
    BlockSink sink = writer.sink(Part.DATABASE);
    sink.add(SourceFile.directory("base", now, 0700));
    for (var file : files.entrySet()) {
      byte[] bytes = file.getValue();
      sink.begin(SourceFile.file(file.getKey(), bytes.length, now, 0600));
      for (int at = 0; at < bytes.length; at += 5000) {
        sink.write(bytes, at, Math.min(5000, bytes.length - at));
      }
      sink.end();
    }
  }

  SnapshotManifest publish(SnapshotWriter writer) throws IOException {
    return publish(writer, Optional.empty(), _ -> {});
  }

  SnapshotManifest publish(
      SnapshotWriter writer, Optional<DatabaseCut> database, SnapshotWriter.LogCheck log)
      throws IOException {
    return writer.publish(new SnapshotWriter.Finish(now, database, log, Map.of("rows", "7")));
  }

  static Map<String, byte[]> restore(Snapshot snapshot) throws IOException {
    Map<String, byte[]> restored = new TreeMap<>();
    for (SnapshotFile file : snapshot.manifest().files()) {
      if (file.source().kind() == SourceFile.Kind.FILE) {
        var content = new ByteArrayOutputStream();
        snapshot.read(file, content::write);
        restored.put(file.source().path(), content.toByteArray());
      }
    }
    return restored;
  }
}
