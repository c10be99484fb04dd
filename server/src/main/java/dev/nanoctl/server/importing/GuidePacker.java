package dev.nanoctl.server.importing;

import dev.nanoctl.server.media.pack.EntryNames;
import dev.nanoctl.server.media.pack.Finding;
import dev.nanoctl.server.media.pack.PackageLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a folder so that the same files always give the same bytes: sorted, without times, and
 * stored rather than deflated, since every zlib deflates a little differently.
 */
final class GuidePacker {
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int DEEPEST = 16;

  private GuidePacker() {}

  static void pack(Path folder, Path archive) throws IOException, Refused {
    Map<String, Path> files = files(folder);
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        byte[] bytes = Files.readAllBytes(file.getValue());
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(NO_TIME);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
      }
    }
  }

  /** The files of the folder by their paths in it; hidden ones are left out. */
  private static Map<String, Path> files(Path folder) throws IOException, Refused {
    Map<String, Path> files = new TreeMap<>();
    Collector collector = new Collector(folder, files);
    Files.walkFileTree(folder, Set.of(), DEEPEST, collector);
    if (collector.refused.isPresent()) {
      throw collector.refused.get();
    }
    return files;
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final Map<String, Path> files;
    private Optional<Refused> refused = Optional.empty();
    private long total;

    Collector(Path folder, Map<String, Path> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean hidden = !directory.equals(folder) && isHidden(directory);
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      String path = folder.relativize(file).toString();
      refused = check(path, attributes);
      files.put(path, file);
      return refused.isPresent() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    private Optional<Refused> check(String path, BasicFileAttributes attributes) {
      Optional<Finding> name = EntryNames.check(path);
      if (name.isPresent()) {
        return refuse(name.get().code().name(), path, name.get().inEnglish());
      }
      if (attributes.isDirectory()) {
        return refuse("ZIP_PATH_TRAVERSAL", path, "Folders are nested too deep.");
      }
      if (!attributes.isRegularFile()) {
        return refuse("ZIP_SYMLINK", path, "Links and device files are not allowed.");
      }
      total += attributes.size();
      if (attributes.size() > PackageLimits.STANDARD.entry()) {
        return refuse("ZIP_ENTRY_TOO_LARGE", path, "A file may have at most 50 MB.");
      }
      if (total > PackageLimits.STANDARD.packed()) {
        return refuse("PAYLOAD_TOO_LARGE", path, "A package may have at most 100 MB.");
      }
      if (files.size() >= PackageLimits.STANDARD.entries()) {
        return refuse("ZIP_TOO_MANY_ENTRIES", path, "A package may have at most 2000 entries.");
      }
      return Optional.empty();
    }

    private static Optional<Refused> refuse(String code, String path, String why) {
      return Optional.of(new Refused(code, EntryNames.printable(path) + ": " + why));
    }

    private static boolean isHidden(Path path) {
      return String.valueOf(path.getFileName()).startsWith(".");
    }
  }
}
