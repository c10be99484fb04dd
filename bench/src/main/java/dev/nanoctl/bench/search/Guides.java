package dev.nanoctl.bench.search;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a folder of guides: {@code nano.json} and {@code index.html} in a folder each. */
final class Guides {
  private static final Pattern HEAD = Pattern.compile("(?s)<head>.*?</head>");
  private static final Pattern BLOCK =
      Pattern.compile("<(?:/?(?:p|div|li|h\\d|td|tr|ul|ol)|br)\\b[^>]*>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Guides() {}

  /** All guides below a folder, in the order of their paths. */
  static List<Guide> read(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Guide> guides = new ArrayList<>();
      for (Path file : files.filter(path -> path.endsWith("nano.json")).sorted().toList()) {
        guides.add(guide(file));
      }
      return guides;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Guide guide(Path file) throws IOException {
    JsonObject nano = Json.parseObject(Files.readAllBytes(file));
    Path folder = file.resolveSibling("index.html");
    String language = nano.text("language").orElse("de");
    String source = nano.text("source").orElse(file.toString());
    String category = nano.array("categories").map(Guides::first).orElse("");
    List<String> tags = nano.array("tags").map(JsonArray::texts).orElse(List.of());
    Guide.Text text =
        new Guide.Text(
            nano.text("title").orElse(""),
            nano.text("description").orElse(""),
            tags,
            plain(Files.readString(folder)));
    return new Guide(source.substring(source.indexOf("/text/") + 1), language, category, text);
  }

  private static String first(JsonArray values) {
    return values.texts().isEmpty() ? "" : values.texts().getFirst();
  }

  private static String plain(String html) {
    String body = HEAD.matcher(html).replaceFirst(" ");
    String blocks = BLOCK.matcher(body).replaceAll("\n");
    String text =
        TAG.matcher(blocks)
            .replaceAll("")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&nbsp;", " ")
            .replace("&amp;", "&");
    return text.lines()
        .map(line -> BLANKS.matcher(line).replaceAll(" ").strip())
        .filter(line -> !line.isEmpty())
        .reduce((a, b) -> a + "\n" + b)
        .orElse("");
  }
}
