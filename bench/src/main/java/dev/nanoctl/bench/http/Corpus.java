package dev.nanoctl.bench.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * As many guide folders as wanted, made from real ones.
 *
 * <p>The guides are gone through again and again in the order of their names. The first time they
 * stay as they are; each further copy has a source of its own, so that an import takes it for
 * another nano.
 */
public final class Corpus {
  private Corpus() {}

  /**
   * Writes {@code rows} guide folders.
   *
   * @param args the folder of real guides, the folder to write, how many
   */
  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]));
  }

  static void write(Path guides, Path target, int rows) throws IOException {
    List<Path> folders = foldersBelow(guides);
    if (folders.isEmpty()) {
      throw new IllegalArgumentException("no nano.json below " + guides);
    }
    for (int row = 0; row < rows; row++) {
      copy(folders.get(row % folders.size()), target, row, row >= folders.size());
    }
  }

  private static List<Path> foldersBelow(Path guides) throws IOException {
    try (Stream<Path> files = Files.walk(guides)) {
      return files
          .filter(file -> file.endsWith("nano.json"))
          .map(file -> file.resolveSibling(""))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path guide, Path target, int row, boolean again) throws IOException {
    Path folder = target.resolve("row-%05d".formatted(row));
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(guide)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(file.getFileName().toString());
        if (again && file.endsWith("nano.json")) {
          Files.writeString(copy, renamed(Json.parseObject(Files.readAllBytes(file)), row));
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private static String renamed(JsonObject nano, int row) {
    Map<String, JsonValue> members = new LinkedHashMap<>(nano.members());
    String source = nano.text("source").orElse("guide") + " row " + row;
    members.put("source", new JsonValue.Text(source));
    return Json.text(new JsonObject(members));
  }
}
