package dev.nanoctl.server.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes guides of the shape that is imported. */
final class GuideFolders {
  private static final String CATEGORIES =
      """
      [{"slug": "garten", "name_de": "Garten", "name_en": "Gardening"},
       {"slug": "kueche", "name_de": "Küche", "name_en": "Kitchen"}]
      """;

  private GuideFolders() {}

  /** A folder {@code guides-xx} with categories and so many guides. */
  static Path write(Path parent, int guides) throws IOException {
    Path top = Files.createDirectories(parent.resolve("guides-xx"));
    Files.writeString(top.resolve("categories.json"), CATEGORIES);
    for (int i = 0; i < guides; i++) {
      guide(top, "garten", "guide_" + i, i);
    }
    return top;
  }

  static Path guide(Path top, String category, String name, int number) throws IOException {
    Path folder = Files.createDirectories(top.resolve(category).resolve(name));
    Files.writeString(folder.resolve("nano.json"), manifest(category, name, number));
    Files.writeString(
        folder.resolve("index.html"),
        """
        <!doctype html><html lang="de"><head><meta charset="utf-8"><title>Anleitung %d</title></head>
        <body><h1>Anleitung %d</h1><p>Wie man Beet Nummer %d umgräbt.</p></body></html>
        """
            .formatted(number, number, number));
    return folder;
  }

  static String manifest(String category, String name, int number) {
    return """
    {"title": "Anleitung %d", "description": "Beet %d umgraben", "language": "de", "level": 2,
     "durationMinutes": 5, "categories": ["%s"], "tags": ["beet"], "licence": "MPL-2.0",
     "attribution": "Die Gärtnerei", "source": "test: %s"}
    """
        .formatted(number, number, category, name);
  }

  /** Packs a folder, with its own name on top, as {@code .tar.gz}. */
  static Path tar(Path folder, Path archive) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8");
        Stream<Path> walk = Files.walk(folder)) {
      List<Path> files =
          walk.filter(Files::isRegularFile).sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        String name = folder.getFileName() + "/" + folder.relativize(file);
        add(tar, name, Files.readAllBytes(file));
      }
    }
    return archive;
  }

  static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    add(tar, name, text.getBytes(UTF_8));
  }
}
