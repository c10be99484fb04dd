package dev.nanoctl.backup.restore;

import dev.nanoctl.backup.BlockSource;
import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.base.ClusterBackup;
import dev.nanoctl.backup.base.ServerManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes files of a cluster and compares each with the size and the checksum of the server's own
 * manifest, which is in the snapshot: from the server's reading it to here. Safe for several
 * threads at once.
 */
final class DataFiles {
  private static final int AT_ONCE = 256 * 1024;

  private final BlockSource snapshot;
  private final Map<String, ServerManifest.Entry> sent;

  /**
   * The files of that snapshot.
   *
   * @throws dev.nanoctl.core.ProblemException if the server's manifest is missing or damaged
   */
  DataFiles(BlockSource snapshot, List<SnapshotFile> files) throws IOException {
    this.snapshot = snapshot;
    SnapshotFile manifest =
        files.stream()
            .filter(DataFiles::isManifest)
            .findFirst()
            .orElseThrow(() ->
                RepositoryProblem.damaged(ClusterBackup.MANIFEST, "is missing in the snapshot"));
    var bytes = new ByteArrayOutputStream(Math.toIntExact(manifest.source().size()));
    snapshot.read(manifest, bytes::write);
    this.sent = ServerManifest.read(bytes.toByteArray()).files();
  }

  /** The only file that the manifest does not name; it carries a checksum of its own. */
  private static boolean isManifest(SnapshotFile file) {
    return file.source().path().equals(ClusterBackup.MANIFEST);
  }

  /**
   * Writes a file, which is durable then.
   *
   * @throws dev.nanoctl.core.ProblemException if it is not the file that the server sent
   */
  void write(SnapshotFile file, Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    var crc = new CRC32C();
    try (var out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer gathered = ByteBuffer.allocate(Math.clamp(file.source().size(), 1, AT_ONCE));
      snapshot.read(
          file,
          (bytes, offset, length) -> {
            crc.update(bytes, offset, length);
            gather(ByteBuffer.wrap(bytes, offset, length), gathered, out);
          });
      drain(gathered.flip(), out);
      out.force(true);
    }
    Files.setPosixFilePermissions(path, permissions(file.source().mode()));
    var written = ServerManifest.Entry.of(Files.size(path), crc);
    if (!isManifest(file) && !written.equals(sent.get(file.source().path()))) {
      throw RepositoryProblem.damaged(
          file.source().path(), "is not the file that PostgreSQL sent for the backup");
    }
  }

  /** Small pieces are written together, large ones without being copied. */
  private static void gather(ByteBuffer piece, ByteBuffer gathered, FileChannel out)
      throws IOException {
    if (piece.remaining() > gathered.remaining() / 2) {
      drain(gathered.flip(), out);
      gathered.clear();
      drain(piece, out);
    } else {
      gathered.put(piece);
    }
  }

  private static void drain(ByteBuffer bytes, FileChannel out) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** The permissions of nine mode bits. */
  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        set.add(all[i]);
      }
    }
    return set;
  }
}
