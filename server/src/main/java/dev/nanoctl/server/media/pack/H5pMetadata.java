package dev.nanoctl.server.media.pack;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonTypeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What h5p.json says about the content. */
final class H5pMetadata {
  private static final Map<String, String> LICENCES =
      Map.of(
          "CC BY", "CC-BY",
          "CC BY-SA", "CC-BY-SA",
          "CC BY-ND", "CC-BY-ND",
          "CC BY-NC", "CC-BY-NC",
          "CC BY-NC-SA", "CC-BY-NC-SA",
          "CC BY-NC-ND", "CC-BY-NC-ND");

  private H5pMetadata() {}

  static PackageMetadata read(JsonObject manifest, @Nullable String title) {
    String description =
        text(manifest, "metaDescription").or(() -> text(manifest, "licenseExtras")).orElse(null);
    return new PackageMetadata(
        title == null ? null : Texts.line(title, 200),
        language(manifest),
        licence(manifest),
        authors(manifest),
        description,
        null);
  }

  private static Optional<String> text(JsonObject manifest, String field) {
    try {
      return manifest.text(field).map(value -> Texts.line(value, 1000)).filter(v -> !v.isEmpty());
    } catch (JsonTypeException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String language(JsonObject manifest) {
    return text(manifest, "defaultLanguage")
        .or(() -> text(manifest, "language"))
        .flatMap(Texts::languageTag)
        .orElse(null);
  }

  /** H5P's own abbreviations; what is undisclosed stays open. */
  private static @Nullable String licence(JsonObject manifest) {
    String licence = text(manifest, "license").orElse("U");
    String version = text(manifest, "licenseVersion").orElse("4.0").replaceAll("[^0-9.]", "");
    if (LICENCES.containsKey(licence)) {
      return LICENCES.get(licence) + "-" + (version.isEmpty() ? "4.0" : version);
    }
    return switch (licence) {
      case "CC0 1.0" -> "CC0-1.0";
      case "GNU GPL" -> "GPL-3.0-or-later";
      case "ODC PDDL" -> "PDDL-1.0";
      case "C" -> "proprietary";
      default -> null;
    };
  }

  private static List<String> authors(JsonObject manifest) {
    try {
      return manifest.array("authors").stream()
          .flatMap(JsonArray::objects)
          .flatMap(author -> text(author, "name").stream())
          .limit(20)
          .toList();
    } catch (JsonTypeException e) {
      return List.of();
    }
  }
}
