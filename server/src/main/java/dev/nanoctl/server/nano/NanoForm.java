package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonValue;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a creator fills in: its shape, its limits, and its way into {@link NanoFields}. */
public final class NanoForm {
  /** The body that makes a nano. What only a submission needs may still be missing. */
  public static final Schema.Fields CREATE =
      Schema.object()
          .required("title", Schema.text(3, 200))
          .optional("description", Schema.text(1, 1000))
          .optional("details_md", Schema.text(0, 10_000))
          .required("duration_minutes", Schema.integer(1, 600))
          .required("level", Schema.integer(1, 3))
          .required("language", Schema.text(2, 35))
          .optional("formats", Schema.set(choice(Teaching.FORMATS), 0, 5))
          .optional("delivery", choice(Teaching.DELIVERIES))
          .optional("instructor_required", Schema.bool())
          .optional("objectives", Schema.list(Schema.text(1, 200), 0, 10))
          .optional("target_group", Schema.text(0, 200))
          .optional("prerequisites", Schema.text(0, 500))
          .optional("categories", Schema.set(Schema.text(1, 80), 0, 5))
          .optional("tags", Schema.list(Schema.text(1, 40), 0, 10))
          .optional("licence", Schema.text(1, 100))
          .optional("licence_terms", Schema.text(0, 2000))
          .optional("attribution", Schema.text(0, 500))
          .optional("exchange", choice(Rights.EXCHANGES))
          .optional("visibility", choice(Rights.VISIBILITIES))
          .optional("rights_confirmed", Schema.bool())
          .optional("based_on", Schema.text(0, 500));

  /** The body that changes one: any of the fields. */
  public static final Schema.Fields PATCH = CREATE.partial();

  /** Which of some category slugs cannot be chosen. */
  @FunctionalInterface
  public interface Shelf {
    /** Those of the slugs that name no category in use. */
    List<String> missing(List<String> slugs);
  }

  private NanoForm() {}

  /** The fields of a new nano; every wrong one is reported at once. */
  public static NanoFields read(JsonObject body, Shelf shelf) {
    JsonObject tidy = tidy(body);
    List<FieldError> errors = errors(tidy, shelf);
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    return fields(tidy);
  }

  /** The fields of a nano after a change; what the body does not name stays. */
  public static NanoFields change(NanoFields before, JsonObject patch, Shelf shelf) {
    Map<String, JsonValue> merged = new LinkedHashMap<>(NanoJson.fields(before).members());
    List<FieldError> errors = new ArrayList<>();
    for (Map.Entry<String, JsonValue> member : patch.members().entrySet()) {
      if (PATCH.fields().containsKey(member.getKey())) {
        merged.put(member.getKey(), member.getValue());
      } else {
        errors.addAll(PATCH.check(new JsonObject(Map.ofEntries(member))));
      }
    }
    JsonObject tidy = tidy(new JsonObject(merged));
    errors.addAll(errors(tidy, shelf));
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
    return fields(tidy);
  }

  /** Everything wrong with fields that did not come through {@link #read}. */
  public static List<FieldError> errors(NanoFields fields, Shelf shelf) {
    return errors(NanoJson.fields(fields), shelf);
  }

  private static List<FieldError> errors(JsonObject tidy, Shelf shelf) {
    List<FieldError> errors = new ArrayList<>(CREATE.check(tidy));
    Set<String> wrong = new HashSet<>();
    errors.forEach(error -> wrong.add(error.field()));
    String tag = text(tidy, "language");
    if (tag != null && !wrong.contains("language")) {
      languageError(tag, errors);
    }
    String licence = text(tidy, "licence");
    if (licence != null && !wrong.contains("licence") && !Licences.known(licence)) {
      errors.add(
          new FieldError(
              "licence",
              "invalid_choice",
              "Bitte eine SPDX-Kennung wie CC-BY-4.0 oder „proprietary“ angeben.",
              "Give an SPDX id such as CC-BY-4.0, or “proprietary”."));
    }
    if (wrong.stream().noneMatch(field -> field.startsWith("categories"))) {
      categoryErrors(texts(tidy, "categories"), shelf, errors);
    }
    return errors;
  }

  private static void categoryErrors(List<String> slugs, Shelf shelf, List<FieldError> errors) {
    List<String> missing = slugs.isEmpty() ? List.of() : shelf.missing(slugs);
    for (String slug : missing) {
      errors.add(
          new FieldError(
              "categories[" + slugs.indexOf(slug) + "]",
              "invalid_choice",
              "Dieses Thema gibt es nicht.",
              "There is no such topic."));
    }
  }

  private static void languageError(String tag, List<FieldError> errors) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (!locale.getLanguage().isEmpty()) {
        return;
      }
    } catch (IllformedLocaleException _) {
      // told below
    }
    errors.add(
        new FieldError(
            "language",
            "invalid_format",
            "Bitte ein Sprachkürzel wie de oder en-GB angeben.",
            "Give a language tag such as de or en-GB."));
  }

  private static NanoFields fields(JsonObject tidy) {
    return new NanoFields(about(tidy), teaching(tidy), rights(tidy), texts(tidy, "categories"));
  }

  private static About about(JsonObject tidy) {
    return new About(
        tidy.text("title").orElseThrow(),
        text(tidy, "description"),
        text(tidy, "details_md"),
        texts(tidy, "tags").stream().distinct().toList(),
        texts(tidy, "objectives"));
  }

  private static Teaching teaching(JsonObject tidy) {
    return new Teaching(
        (int) tidy.integer("duration_minutes").orElseThrow(),
        (int) tidy.integer("level").orElseThrow(),
        Locale.forLanguageTag(tidy.text("language").orElseThrow()).toLanguageTag(),
        texts(tidy, "formats"),
        tidy.text("delivery").orElse("online"),
        new Teaching.Audience(
            tidy.bool("instructor_required").orElse(false),
            text(tidy, "target_group"),
            text(tidy, "prerequisites")));
  }

  private static Rights rights(JsonObject tidy) {
    return new Rights(
        text(tidy, "licence"),
        text(tidy, "licence_terms"),
        text(tidy, "attribution"),
        tidy.text("exchange").orElse("free"),
        tidy.text("visibility").orElse("public"),
        new Rights.Origin(tidy.bool("rights_confirmed").orElse(false), text(tidy, "based_on")));
  }

  /** Texts without blanks at their ends; what is optional and then empty counts as not given. */
  private static JsonObject tidy(JsonObject body) {
    Map<String, JsonValue> tidy = new LinkedHashMap<>();
    body.members().forEach((name, value) -> tidy.put(name, tidy(value)));
    return new JsonObject(tidy);
  }

  private static JsonValue tidy(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(String text) -> new JsonValue.Text(text.strip());
      case JsonArray array -> new JsonArray(array.values().stream().map(NanoForm::tidy).toList());
      case JsonObject _, JsonValue.Numeric _, JsonValue.Bool _, JsonValue.Null _ -> value;
    };
  }

  private static @Nullable String text(JsonObject tidy, String name) {
    return tidy.members().get(name) instanceof JsonValue.Text(String text) && !text.isEmpty()
        ? text
        : null;
  }

  private static List<String> texts(JsonObject tidy, String name) {
    return tidy.array(name).map(JsonArray::texts).orElse(List.of());
  }

  private static Schema choice(List<String> values) {
    return Schema.choice(values.toArray(String[]::new));
  }
}
