package dev.nanoctl.server.importing;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code categories.json}: the shelves that an import brings. */
final class CategoryFile {
  /** One shelf. */
  record Shelf(String slug, String nameDe, String nameEn) {}

  private static final long LARGEST = 1 << 20;
  private static final Schema SHELF =
      Schema.object()
          .required("slug", Schema.text(1, 80, "[a-z0-9]+(-[a-z0-9]+)*"))
          .required("name_de", Schema.text(1, 80))
          .required("name_en", Schema.text(1, 80));

  private CategoryFile() {}

  static List<Shelf> read(Path file) throws IOException, Refused {
    if (Files.size(file) > LARGEST) {
      throw new Refused("VALIDATION_ERROR", "larger than 1 MB");
    }
    try {
      if (!(Json.parse(Files.readAllBytes(file)) instanceof JsonArray array)) {
        throw new Refused("VALIDATION_ERROR", "an array of categories is needed");
      }
      return shelves(array);
    } catch (JsonSyntaxException | JsonTypeException e) {
      throw new Refused("VALIDATION_ERROR", String.valueOf(e.getMessage()));
    }
  }

  private static List<Shelf> shelves(JsonArray array) throws Refused {
    List<String> errors = new ArrayList<>();
    List<Shelf> shelves = new ArrayList<>();
    int index = 0;
    for (JsonValue value : array) {
      List<FieldError> wrong = SHELF.check(value);
      for (FieldError error : wrong) {
        errors.add("[" + index + "]." + error.field() + ": " + error.english());
      }
      if (wrong.isEmpty() && value instanceof JsonObject shelf) {
        shelves.add(
            new Shelf(
                shelf.text("slug").orElseThrow(),
                shelf.text("name_de").orElseThrow(),
                shelf.text("name_en").orElseThrow()));
      }
      index++;
    }
    if (!errors.isEmpty()) {
      throw new Refused("VALIDATION_ERROR", String.join("; ", errors));
    }
    return shelves;
  }
}
