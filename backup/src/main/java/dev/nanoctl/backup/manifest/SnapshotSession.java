package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.Repository;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.SnapshotManifest;
import dev.nanoctl.backup.SnapshotWriter;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.crypto.BlockIds;
import dev.nanoctl.backup.crypto.Digests;
import dev.nanoctl.backup.crypto.Sealer;
import dev.nanoctl.backup.pack.BlockMap;
import dev.nanoctl.backup.pack.PackRef;
import dev.nanoctl.backup.pack.PackWriter;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes one snapshot: what the parent does not have goes into new packs. */
final class SnapshotSession implements SnapshotWriter {
  private static final int ATTEMPTS = 5;

  /** What changed since a parent is little as a rule and kept long; more is not worth the time. */
  private static final long THOROUGH = 256L << 20;

  private final Repository repository;
  private final Sealer sealer;
  private final Journal journal;
  private final SnapshotSettings settings;
  private final UUID id;
  private final Instant started;
  private final @Nullable ParentBlocks parent;
  private final PackTable table = new PackTable();
  private final PackWriter packs;
  private final BlockIds ids;
  private final List<SnapshotFile> files = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();

  SnapshotSession(
      Repository repository,
      Sealer sealer,
      Journal journal,
      SnapshotSettings settings,
      UUID id,
      Optional<Snapshot> parent,
      Set<String> unwanted) {
    this.repository = repository;
    this.sealer = sealer;
    this.journal = journal;
    this.settings = settings;
    this.id = id;
    this.started = journal.now();
    this.parent = parent.map(snapshot -> new ParentBlocks(snapshot, unwanted)).orElse(null);
    parent.ifPresent(snapshot -> snapshot.stored().packs().forEach(table::describe));
    this.packs =
        new PackWriter(
            repository,
            sealer,
            settings.uploads(),
            table::describe,
            parent.isPresent() ? THOROUGH : 0);
    this.ids = sealer.blockIds();
  }

  @Override
  public BlockSink sink(Part part) {
    return new Sink(part, settings.block(part));
  }

  @Override
  public boolean reuse(Part part, SourceFile file, String sha256) {
    if (parent == null || sha256.isEmpty()) {
      return false;
    }
    Optional<SnapshotFile> known =
        parent
            .whole(part, file.path())
            .filter(f -> f.sha256().equals(sha256) && f.source().size() == file.size());
    if (known.isEmpty()) {
      return false;
    }
    requireNew(part, file.path());
    BlockMap map = known.get().map();
    List<BlockMap.Run> runs =
        map.runs().stream()
            .map(run ->
                run.pack() == BlockMap.ZEROS
                    ? run
                    : new BlockMap.Run(
                        table.number(parent.packId(run.pack())), run.first(), run.count()))
            .toList();
    files.add(new SnapshotFile(part, file, sha256, BlockMap.of(map.blockSize(), runs)));
    return true;
  }

  private void requireNew(Part part, String path) {
    if (!paths.add(part + "/" + path)) {
      throw new IllegalStateException(path + " is in the snapshot already");
    }
  }

  @Override
  public SnapshotManifest publish(Finish finish) throws IOException {
    packs.finish();
    if (finish.database().isPresent()) {
      finish.log().requireDurable(finish.database().get());
    }
    var manifest =
        new SnapshotManifest(id, started, finish.cut(), finish.database(), files, finish.facts());
    var stored = new StoredManifest(manifest, table.packs());
    String key = "manifests/" + id;
    byte[] object = new ManifestCodec(sealer).encode(key, stored);
    repository.put(key, ByteBuffer.wrap(object));
    byte[] back = repository.get(key, ManifestCodec.LARGEST).orElse(new byte[0]);
    if (!Arrays.equals(object, back)) {
      throw RepositoryProblem.notPublished(key + " is not what was sent");
    }
    new ManifestCodec(sealer).decode(key, back);
    announce(new JournalEvent.Published(id, Digests.sha256(object), object.length), stored);
    return manifest;
  }

  /** What was swept since the start must not be referred to, in whatever order things happened. */
  private void announce(JournalEvent.Published event, StoredManifest stored) throws IOException {
    for (int attempt = 1; ; attempt++) {
      journal.refresh();
      if (journal.state().isSwept("manifests/" + id)) {
        throw RepositoryProblem.notPublished("it took longer than the grace of pruning");
      }
      for (PackRef pack : stored.packs()) {
        if (journal.state().isSwept(pack.key())) {
          throw RepositoryProblem.notPublished(pack.key() + " was pruned meanwhile");
        }
      }
      try {
        journal.append(event);
        return;
      } catch (ProblemException e) {
        if (attempt == ATTEMPTS || !e.problem().code().equals("NC-REPO-BUSY")) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    packs.close();
  }

  /** Cuts files into blocks. */
  private final class Sink implements BlockSink {
    private final Part part;
    private final byte[] block;
    private final byte[] zeros;
    private BlockMap.Builder map;
    private @Nullable SourceFile file;
    private final MessageDigest digest = Digests.digest();
    private long received;
    private int filled;

    Sink(Part part, int blockSize) {
      this.part = part;
      this.block = new byte[blockSize];
      this.zeros = new byte[blockSize];
      this.map = new BlockMap.Builder(blockSize);
    }

    @Override
    public void add(SourceFile entry) {
      if (entry.kind() == SourceFile.Kind.FILE) {
        throw new IllegalArgumentException(entry.path() + " is a file");
      }
      requireEnded();
      requireNew(part, entry.path());
      files.add(new SnapshotFile(part, entry, "", BlockMap.of(1, List.of())));
    }

    @Override
    public void begin(SourceFile next) {
      requireEnded();
      requireNew(part, next.path());
      file = next;
      map = new BlockMap.Builder(block.length);
      received = 0;
      filled = 0;
      digest.reset();
      if (parent != null) {
        parent.begin(part, next.path(), block.length);
      }
    }

    private void requireEnded() {
      if (file != null) {
        throw new IllegalStateException(file.path() + " has not ended");
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (part != Part.DATABASE) {
        digest.update(bytes, offset, length);
      }
      received += length;
      int at = offset;
      int left = length;
      while (left > 0) {
        int n = Math.min(left, block.length - filled);
        if (filled == 0 && n == block.length) {
          store(bytes, at, n);
        } else {
          System.arraycopy(bytes, at, block, filled, n);
          filled += n;
          if (filled == block.length) {
            store(block, 0, filled);
            filled = 0;
          }
        }
        at += n;
        left -= n;
      }
    }

    private void store(byte[] bytes, int offset, int length) throws IOException {
      if (Arrays.equals(bytes, offset, offset + length, zeros, 0, length)) {
        map.add(BlockMap.ZEROS, 0);
        if (parent != null) {
          parent.skip();
        }
        return;
      }
      var id = ids.of(bytes, offset, length);
      if (parent != null) {
        Optional<BlockMap.Run> known = parent.next(id, length);
        if (known.isPresent()) {
          BlockMap.Run run = known.get();
          map.add(table.number(parent.packId(run.pack())), run.first());
          return;
        }
      }
      int number = packs.add(bytes, offset, length, id);
      map.add(table.number(packs.pack()), number);
    }

    @Override
    public void end() throws IOException {
      SourceFile ended = file;
      if (ended == null) {
        throw new IllegalStateException("no file was begun");
      }
      if (received != ended.size()) {
        throw new IOException(
            "%s has %d bytes, announced were %d".formatted(ended.path(), received, ended.size()));
      }
      if (filled > 0) {
        store(block, 0, filled);
        filled = 0;
      }
      file = null;
      String sha256 = part == Part.DATABASE ? "" : HexFormat.of().formatHex(digest.digest());
      files.add(new SnapshotFile(part, ended, sha256, map.build()));
    }
  }
}
