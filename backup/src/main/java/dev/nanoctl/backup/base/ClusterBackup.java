package dev.nanoctl.backup.base;

import dev.nanoctl.backup.BlockSink;
import dev.nanoctl.backup.DatabaseCut;
import dev.nanoctl.backup.DatabaseIdentity;
import dev.nanoctl.backup.SourceFile;
import dev.nanoctl.backup.wire.BackupStream;
import dev.nanoctl.backup.wire.PostgresException;
import dev.nanoctl.backup.wire.ReplicationConnection;
import dev.nanoctl.backup.wire.ServerAddress;
import dev.nanoctl.core.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Takes a base backup of a cluster. Memory does not grow with the size of the cluster, only, a
 * little, with the number of its files. Whether a block is new is the sink's to know: an
 * incremental backup is the same stream into a sink that has a parent.
 *
 * <p>Tablespaces outside of the data directory are refused: they would have to be restored to
 * places this engine does not own.
 */
public final class ClusterBackup {
  /** PostgreSQL's own list of the files, kept with them for {@code pg_verifybackup}. */
  public static final String MANIFEST = "backup_manifest";

  /** Some 100 bytes a file: more than a million files. */
  private static final int MANIFEST_LIMIT = 256 << 20;

  private final ServerAddress address;
  private final InstantSource clock;
  private final LongConsumer progress;

  /**
   * Backs up the cluster at that address.
   *
   * @param progress is told how many bytes were read, now and then
   */
  public ClusterBackup(ServerAddress address, InstantSource clock, LongConsumer progress) {
    this.address = address;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Streams every file of the cluster into the sink.
   *
   * @param lineage the unbroken history of log this cluster writes
   * @param fast whether the checkpoint at the start is made at once
   * @return where the backup was cut; the log up to its stop has to be durable before it is
   *     published
   * @throws dev.nanoctl.core.ProblemException when what arrived is not what was sent, when the
   *     server refuses, or when the cluster has tablespaces outside of its data directory
   */
  public DatabaseCut run(UUID lineage, boolean fast, BlockSink sink) throws IOException {
    try (var connection = ReplicationConnection.open(address)) {
      DatabaseIdentity identity = connection.identify();
      String version = connection.show("server_version");
      BackupStream stream = connection.baseBackup("nanoctl " + clock.instant(), fast);
      refuseTablespaces(stream.tablespaces());
      ServerManifest manifest = receive(stream, new CheckedSink(sink), sink, identity);
      int timeline = requireRanges(manifest, stream);
      return new DatabaseCut(
          lineage, identity.systemId(), timeline, stream.start(), stream.stop(), version);
    } catch (PostgresException e) {
      throw e.problem().raise(e);
    }
  }

  private static void refuseTablespaces(List<BackupStream.Tablespace> tablespaces) {
    if (!tablespaces.isEmpty()) {
      throw new Problem.Configuration(
              "NC-BACKUP-TABLESPACE",
              "the cluster has a tablespace at " + tablespaces.getFirst().location(),
              "move its tables back: ALTER TABLE … SET TABLESPACE pg_default, then DROP TABLESPACE")
          .raise();
    }
  }

  private ServerManifest receive(
      BackupStream stream, CheckedSink checked, BlockSink sink, DatabaseIdentity identity)
      throws IOException {
    var tar = new TarParser(checked);
    var manifest = new ByteArrayOutputStream();
    boolean inManifest = false;
    Optional<BackupStream.Piece> piece = stream.next();
    while (piece.isPresent()) {
      switch (piece.get()) {
        case BackupStream.Piece.Archive _ -> tar.finish();
        case BackupStream.Piece.Manifest _ -> inManifest = true;
        case BackupStream.Piece.Progress read -> progress.accept(read.bytes());
        case BackupStream.Piece.Data data -> {
          if (inManifest) {
            append(manifest, data.bytes());
          } else {
            tar.accept(data.bytes());
          }
        }
      }
      piece = stream.next();
    }
    tar.finish();
    ServerManifest sent = ServerManifest.read(manifest.toByteArray());
    checked.require(sent);
    requireSame(checked.control(), identity);
    keep(manifest.toByteArray(), sink);
    return sent;
  }

  private static void append(ByteArrayOutputStream manifest, ByteBuffer bytes) {
    if (manifest.size() + (long) bytes.remaining() > MANIFEST_LIMIT) {
      throw ServerManifest.mismatch("the server's manifest has no end");
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    manifest.writeBytes(copy);
  }

  private static void requireSame(ControlFile control, DatabaseIdentity identity) {
    if (control.systemId() != identity.systemId()) {
      throw ServerManifest.mismatch("the cluster changed during the backup");
    }
  }

  private static int requireRanges(ServerManifest manifest, BackupStream stream) {
    List<ServerManifest.Range> ranges = manifest.ranges();
    if (ranges.isEmpty()
        || !ranges.getFirst().start().equals(stream.start())
        || !ranges.getLast().end().equals(stream.stop())) {
      throw ServerManifest.mismatch(
          "the server's manifest names log that is not from %s to %s"
              .formatted(stream.start(), stream.stop()));
    }
    return ranges.getLast().timeline();
  }

  private void keep(byte[] manifest, BlockSink sink) throws IOException {
    sink.begin(SourceFile.file(MANIFEST, manifest.length, clock.instant(), 0600));
    sink.write(manifest, 0, manifest.length);
    sink.end();
  }
}
