package dev.nanoctl.server.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what there is to import. */
final class ImportScan {
  static final String CATEGORIES = "categories.json";
  private static final int DEEPEST = 8;

  private final List<ImportItem> items = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<Path> categories = new ArrayList<>();

  /** What a source holds, in a fixed order. */
  static ImportScan of(Path source, @Nullable Path unpacked, List<Rejection> fromUnpacking)
      throws IOException {
    ImportScan scan = new ImportScan();
    scan.rejections.addAll(fromUnpacking);
    if (unpacked != null) {
      scan.folder(unpacked, "", 0);
    } else if (Files.isDirectory(source)) {
      scan.folder(source, name(source.toAbsolutePath().normalize()), 0);
    } else if (isZip(source)) {
      scan.items.add(new ImportItem(name(source), source, false));
    }
    scan.dropSpoiltGuides();
    return scan;
  }

  List<ImportItem> items() {
    return items;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  /** Every {@code categories.json} that was found. */
  List<Path> categories() {
    return categories;
  }

  private void folder(Path folder, String entry, int depth) throws IOException {
    List<Path> children;
    try (Stream<Path> all = Files.list(folder)) {
      children =
          all.filter(child -> !name(child).startsWith("."))
              .sorted(Comparator.comparing(ImportScan::name))
              .toList();
    }
    List<String> names = children.stream().map(ImportScan::name).toList();
    if (names.contains(NanoManifest.FILE)) {
      items.add(new ImportItem(entry.isEmpty() ? name(folder) : entry, folder, true));
      return;
    }
    if (names.stream().anyMatch(name -> name.equalsIgnoreCase("index.html"))) {
      rejections.add(new Rejection(entry, "MANIFEST_INVALID", "nano.json is missing"));
      return;
    }
    for (Path child : children) {
      child(child, entry.isEmpty() ? name(child) : entry + "/" + name(child), depth);
    }
  }

  private void child(Path child, String entry, int depth) throws IOException {
    String lower = name(child).toLowerCase(Locale.ROOT);
    if (Files.isSymbolicLink(child)) {
      rejections.add(new Rejection(entry, "ZIP_SYMLINK", "Links are not followed."));
    } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
      if (depth < DEEPEST) {
        folder(child, entry, depth + 1);
      } else {
        rejections.add(new Rejection(entry, "ZIP_PATH_TRAVERSAL", "Folders are nested too deep."));
      }
    } else if (lower.equals(CATEGORIES)) {
      categories.add(child);
    } else if (lower.endsWith(".zip") || lower.endsWith(".h5p")) {
      items.add(new ImportItem(entry, child, false));
    }
  }

  /** A guide that lost a file while unpacking is not imported without it. */
  private void dropSpoiltGuides() {
    items.removeIf(item ->
        item.isFolder()
            && rejections.stream().anyMatch(r -> r.entry().startsWith(item.entry() + "/")));
  }

  static boolean isGzip(Path file) throws IOException {
    return begins(file, 0x1F, 0x8B);
  }

  private static boolean isZip(Path file) throws IOException {
    String lower = name(file).toLowerCase(Locale.ROOT);
    return lower.endsWith(".zip") || lower.endsWith(".h5p") || begins(file, 'P', 'K');
  }

  private static boolean begins(Path file, int first, int second) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == first && in.read() == second;
    }
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
