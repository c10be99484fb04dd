package dev.nanoctl.server.importing;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Language;
import dev.nanoctl.server.nano.NanoFields;
import dev.nanoctl.server.nano.NanoForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code nano.json}: what a guide says about itself, strictly read; every error is told at once.
 */
final class NanoManifest {
  static final String FILE = "nano.json";
  private static final int LONGEST_SOURCE = 500;

  /** The names in {@code nano.json} and those of the form that creators fill in. */
  private static final Map<String, String> FIELDS = fields();

  private static final List<String> REQUIRED =
      List.of(
          "title", "description", "language", "level", "durationMinutes", "categories", "licence");

  private NanoManifest() {}

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String same :
        List.of(
            "title",
            "description",
            "language",
            "level",
            "categories",
            "tags",
            "licence",
            "attribution",
            "formats",
            "delivery",
            "objectives",
            "prerequisites",
            "exchange",
            "visibility")) {
      fields.put(same, same);
    }
    fields.put("durationMinutes", "duration_minutes");
    fields.put("detailsMd", "details_md");
    fields.put("instructorRequired", "instructor_required");
    fields.put("targetGroup", "target_group");
    fields.put("licenceTerms", "licence_terms");
    fields.put("basedOn", "based_on");
    return fields;
  }

  /** What names the guide where it came from, if it says so. */
  static Optional<String> source(JsonObject manifest) throws Refused {
    try {
      Optional<String> source = manifest.text("source").map(String::strip);
      if (source.isPresent() && source.get().length() > LONGEST_SOURCE) {
        throw new Refused("VALIDATION_ERROR", "source: at most 500 characters");
      }
      return source.filter(text -> !text.isEmpty());
    } catch (JsonTypeException e) {
      throw new Refused("VALIDATION_ERROR", "source: " + e.getMessage());
    }
  }

  /**
   * The fields of the nano.
   *
   * @param format what the content consists of, unless the manifest says
   */
  static NanoFields read(JsonObject manifest, String format) throws Refused {
    List<String> errors = new ArrayList<>();
    Map<String, JsonValue> form = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> member : manifest.members().entrySet()) {
      String field = FIELDS.get(member.getKey());
      if (field != null) {
        form.put(field, member.getValue());
      } else if (!member.getKey().equals("source")) {
        errors.add(member.getKey() + ": there is no such field");
      }
    }
    for (String field : REQUIRED) {
      if (isMissing(manifest.members().get(field))) {
        errors.add(field + ": is missing");
        form.remove(FIELDS.getOrDefault(field, field));
      }
    }
    form.putIfAbsent("formats", texts(format));
    form.put("rights_confirmed", new JsonValue.Bool(true));
    NanoFields fields = check(new JsonObject(form), errors);
    if (fields == null || !errors.isEmpty()) {
      throw new Refused("VALIDATION_ERROR", String.join("; ", errors));
    }
    return fields;
  }

  private static JsonValue texts(String one) {
    return JsonArray.ofTexts(List.of(one));
  }

  private static boolean isMissing(@Nullable JsonValue value) {
    return switch (value) {
      case null -> true;
      case JsonValue.Null _ -> true;
      case JsonValue.Text(String text) -> text.isBlank();
      case JsonArray array -> array.size() == 0;
      case JsonObject _, JsonValue.Numeric _, JsonValue.Bool _ -> false;
    };
  }

  private static @Nullable NanoFields check(JsonObject form, List<String> errors) {
    try {
      // whether the categories exist is found out when the nano is written
      return NanoForm.read(form, _ -> List.of());
    } catch (ApiException e) {
      e.fields().stream()
          .filter(error -> !isToldAlready(error, errors))
          .map(error -> inManifest(error.field()) + ": " + error.english())
          .forEach(errors::add);
      return null;
    }
  }

  private static boolean isToldAlready(FieldError error, List<String> errors) {
    return errors.contains(inManifest(error.field()) + ": is missing");
  }

  private static String inManifest(String field) {
    String name = field.replaceFirst("[\\[.].*$", "");
    String rest = field.substring(name.length());
    return FIELDS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> entry.getKey() + rest)
        .findFirst()
        .orElse(field);
  }

  /** All field errors of an API error in one line, with the names of the manifest. */
  static String describe(ApiException e) {
    return e.fields().isEmpty()
        ? e.message(Language.EN)
        : e.fields().stream()
            .map(error -> inManifest(error.field()) + ": " + error.english())
            .collect(Collectors.joining("; "));
  }
}
