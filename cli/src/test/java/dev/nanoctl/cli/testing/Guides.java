package dev.nanoctl.cli.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes folders of guides to import. */
public final class Guides {
  private Guides() {}

  /** That many guides of some pages each. */
  public static Path make(Path folder, int count) throws IOException {
    Path guides = Files.createDirectories(folder.resolve("guides"));
    Files.writeString(
        guides.resolve("categories.json"),
        """
        [{"slug": "werkstatt", "name_de": "Werkstatt", "name_en": "Workshop"}]
        """);
    for (int i = 1; i <= count; i++) {
      Path guide = Files.createDirectories(guides.resolve("guide-" + i));
      Files.writeString(
          guide.resolve("nano.json"),
          String.format(
              Locale.ROOT,
              """
              {"title": "Anleitung %d", "description": "Die Anleitung mit der Nummer %d.",
               "language": "de", "level": 1, "durationMinutes": 5, "categories": ["werkstatt"],
               "licence": "CC0-1.0", "source": "test: guide %d"}
              """,
              i,
              i,
              i));
      Files.writeString(
          guide.resolve("index.html"),
          "<!doctype html><html lang=\"de\"><title>Anleitung</title><p>Schritt %d.".formatted(i)
              + "<p>Feilen und Bohren.".repeat(400)
              + "</html>");
    }
    return guides;
  }

  /** One guide that cannot be accepted: it says nothing about its licence. */
  public static void spoil(Path guides, int number) throws IOException {
    Files.writeString(
        guides.resolve("guide-" + number).resolve("nano.json"), "{\"title\": \"Ohne alles\"}");
  }
}
