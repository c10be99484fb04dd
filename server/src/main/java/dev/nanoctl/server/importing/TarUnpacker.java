package dev.nanoctl.server.importing;

import dev.nanoctl.server.media.pack.EntryNames;
import dev.nanoctl.server.media.pack.Finding;
import dev.nanoctl.server.media.pack.PackageLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks an archive of guides into a folder; what an entry says of itself is not believed. */
final class TarUnpacker {
  private static final int MOST_ENTRIES = 200_000;
  private static final long MOST_BYTES = 8L << 30;
  private static final int BUFFER = 1 << 16;

  private final Path archive;
  private final Path target;
  private final List<Rejection> rejections = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private long bytes;

  private TarUnpacker(Path archive, Path target) {
    this.archive = archive;
    this.target = target;
  }

  /** Unpacks what is harmless; answers what was not. */
  static List<Rejection> unpack(Path archive, Path target) {
    TarUnpacker unpacker = new TarUnpacker(archive, target);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream plain =
            GzipCompressorInputStream.builder()
                .setInputStream(file)
                .setDecompressConcatenated(true)
                .get();
        TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
      unpacker.unpackAll(tar);
    } catch (FileSystemException e) {
      throw ImportProblems.unreadable(archive, e);
    } catch (IOException | IllegalArgumentException e) {
      throw e instanceof WriteFailure failure
          ? ImportProblems.unreadable(archive, failure)
          : ImportProblems.damaged(archive, e);
    }
    return unpacker.rejections;
  }

  private void unpackAll(TarArchiveInputStream tar) throws IOException {
    int entries = 0;
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw ImportProblems.tooLarge(archive);
      }
      String name =
          entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
      if (name.isEmpty() || entry.isPaxHeader() || entry.isGlobalPaxHeader()) {
        continue;
      }
      Optional<Refused> refused = check(entry, name);
      if (refused.isPresent()) {
        rejections.add(refused.get().of(EntryNames.printable(name)));
      } else if (!entry.isDirectory()) {
        unpack(tar, name);
      }
    }
  }

  private Optional<Refused> check(TarArchiveEntry entry, String name) {
    Optional<Finding> flaw = EntryNames.check(name);
    if (flaw.isPresent()) {
      return Optional.of(new Refused(flaw.get().code().name(), flaw.get().inEnglish()));
    }
    // "is a file" means no more than "is no folder" there
    boolean special =
        entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isSparse();
    boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !special;
    if (!entry.isDirectory() && !plain) {
      return Optional.of(new Refused("ZIP_SYMLINK", "Links and special files are not allowed."));
    }
    if (!entry.isDirectory() && !seen.add(EntryNames.folded(name))) {
      return Optional.of(new Refused("ZIP_DUPLICATE", "There is an entry of this name already."));
    }
    return Optional.empty();
  }

  private void unpack(TarArchiveInputStream tar, String name) throws IOException {
    Path file = target.resolve(name).normalize();
    if (!file.startsWith(target)) {
      throw new IllegalStateException("a checked name leaves the folder: " + name);
    }
    boolean whole;
    try {
      Files.createDirectories(file.getParent());
      whole = copy(tar, file);
    } catch (FileSystemException e) {
      rejections.add(
          new Rejection(name, "ZIP_DUPLICATE", "It is a file and a folder at the same time."));
      return;
    }
    if (!whole) {
      Files.delete(file);
      rejections.add(
          new Rejection(name, "ZIP_ENTRY_TOO_LARGE", "A file may have at most 50 MB unpacked."));
    }
  }

  private boolean copy(InputStream from, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (OutputStream to = Files.newOutputStream(file)) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        size += n;
        bytes += n;
        if (bytes > MOST_BYTES) {
          throw ImportProblems.tooLarge(archive);
        }
        if (size > PackageLimits.STANDARD.entry()) {
          return false;
        }
        write(to, buffer, n);
      }
    }
    return true;
  }

  private static void write(OutputStream to, byte[] buffer, int length) throws WriteFailure {
    try {
      to.write(buffer, 0, length);
    } catch (IOException e) {
      throw new WriteFailure(e);
    }
  }

  /** The disk here failed, not the archive. */
  private static final class WriteFailure extends IOException {
    private static final long serialVersionUID = 1L;

    WriteFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
