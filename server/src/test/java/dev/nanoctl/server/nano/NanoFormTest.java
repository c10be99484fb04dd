package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What creators fill in: limits, and that everything wrong is told at once. */
final class NanoFormTest {
  private static final String GOOD =
      """
      {"title": "Serienbriefe", "duration_minutes": 6, "level": 2, "language": "de"}
      """;
  private static final NanoForm.Shelf FULL = _ -> List.of();
  private static final NanoForm.Shelf EMPTY = slugs -> slugs;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "title | null | required",
        "title | 7 | wrong_type",
        "title | \"ab\" | too_short",
        "title | \"  ab  \" | too_short",
        "title | \"   \" | required",
        "title | LONG201 | too_long",
        "description | LONG1001 | too_long",
        "details_md | LONG10001 | too_long",
        "duration_minutes | null | required",
        "duration_minutes | 0 | too_small",
        "duration_minutes | 601 | too_large",
        "duration_minutes | 1.5 | wrong_type",
        "duration_minutes | \"6\" | wrong_type",
        "level | 0 | too_small",
        "level | 4 | too_large",
        "language | \"d\" | too_short",
        "language | \"de_DE\" | invalid_format",
        "language | \"deutsch-sprache-x\" | invalid_format",
        "formats | [\"text\", \"film\"] | invalid_choice@formats[1]",
        "formats | [\"text\", \"text\"] | duplicate@formats[1]",
        "formats | \"text\" | wrong_type",
        "delivery | \"post\" | invalid_choice",
        "instructor_required | \"yes\" | wrong_type",
        "objectives | [\"\"] | required@objectives[0]",
        "objectives | [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"] | too_many",
        "target_group | LONG201 | too_long",
        "prerequisites | LONG501 | too_long",
        "categories | [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"] | too_many",
        "categories | [\"a\",\"a\"] | duplicate@categories[1]",
        "categories | [\"nirgends\"] | invalid_choice@categories[0]",
        "tags | [\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"] | too_many",
        "licence | \"GPL-17\" | invalid_choice",
        "licence_terms | LONG2001 | too_long",
        "attribution | LONG501 | too_long",
        "exchange | \"sell\" | invalid_choice",
        "visibility | \"secret\" | invalid_choice",
        "rights_confirmed | 1 | wrong_type",
        "based_on | LONG501 | too_long",
        "price | 3 | unknown_field",
        "title | \"a\\u0000bc\" | invalid_format"
      })
  void everyLimitIsToldWithItsFieldAndCode(String field, String value, String expected) {
    String code = expected.contains("@") ? expected.substring(0, expected.indexOf('@')) : expected;
    String at = expected.contains("@") ? expected.substring(expected.indexOf('@') + 1) : field;
    List<FieldError> errors = errors(with(field, value), EMPTY);
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst().field()).isEqualTo(at);
    assertThat(errors.getFirst().code()).isEqualTo(code);
    assertThat(errors.getFirst().message(Language.DE)).isNotBlank();
    assertThat(errors.getFirst().message(Language.EN)).isNotBlank();
  }

  @Test
  void allMistakesAreToldAtOnce() {
    JsonObject body =
        Json.parseObject(
            """
            {"title": "", "duration_minutes": 900, "level": 2, "language": "de_DE",
             "formats": ["film"], "licence": "GPL-17", "categories": ["nirgends"], "tags": [""]}
            """);
    assertThat(errors(body, EMPTY))
        .map(error -> error.field() + " " + error.code())
        .containsExactlyInAnyOrder(
            "title required",
            "duration_minutes too_large",
            "language invalid_format",
            "formats[0] invalid_choice",
            "licence invalid_choice",
            "categories[0] invalid_choice",
            "tags[0] required");
  }

  @Test
  void whatIsNotSaidGetsItsUsualValue() {
    NanoFields fields = NanoForm.read(Json.parseObject(GOOD), FULL);
    assertThat(fields.rights().exchange()).isEqualTo("free");
    assertThat(fields.rights().visibility()).isEqualTo("public");
    assertThat(fields.teaching().delivery()).isEqualTo("online");
    assertThat(fields.about().description()).isNull();
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() {
    NanoFields before = NanoForm.read(with("description", "\"Wie man sie schreibt\""), FULL);
    NanoFields after =
        NanoForm.change(
            before, Json.parseObject("{\"title\": \" Neuer Titel \", \"level\": 3}"), FULL);
    assertThat(after.about().title()).isEqualTo("Neuer Titel");
    assertThat(after.teaching().level()).isEqualTo(3);
    assertThat(after.about().description()).isEqualTo("Wie man sie schreibt");
    assertThat(after.teaching().durationMinutes()).isEqualTo(6);
  }

  @Test
  void nullTakesAnOptionalFieldBackButNotARequiredOne() {
    NanoFields before = NanoForm.read(with("description", "\"Etwas\""), FULL);
    NanoFields after = NanoForm.change(before, Json.parseObject("{\"description\": null}"), FULL);
    assertThat(after.about().description()).isNull();
    ApiException refused =
        catchThrowableOfType(
            ApiException.class,
            () -> NanoForm.change(before, Json.parseObject("{\"title\": null}"), FULL));
    assertThat(refused.fields()).map(FieldError::code).containsExactly("required");
  }

  @Test
  void fieldsWrittenOutAndReadAgainAreTheSame() {
    NanoFields fields =
        NanoForm.read(
            Json.parseObject(
                """
                {"title": "Größe ändern", "description": "Kurz", "details_md": "# Lang",
                 "duration_minutes": 600, "level": 1, "language": "de-AT",
                 "formats": ["video", "quiz"], "delivery": "hybrid", "instructor_required": true,
                 "objectives": ["Eins", "Zwei"], "target_group": "Alle", "prerequisites": "Keine",
                 "categories": ["a", "b"], "tags": ["x"], "licence": "proprietary",
                 "licence_terms": "Nur hier", "attribution": "Ada", "exchange": "swap",
                 "visibility": "unlisted", "rights_confirmed": true,
                 "based_on": "https://example.org"}
                """),
            FULL);
    assertThat(NanoForm.read(NanoJson.fields(fields), FULL)).isEqualTo(fields);
  }

  private static List<FieldError> errors(JsonObject body, NanoForm.Shelf shelf) {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> NanoForm.read(body, shelf));
    assertThat(refused).as("%s is refused", body).isNotNull();
    return refused.fields();
  }

  private static JsonObject with(String field, String value) {
    String json =
        value.startsWith("LONG")
            ? "\"" + "x".repeat(Integer.parseInt(value.substring(4))) + "\""
            : value;
    JsonObject good = Json.parseObject(GOOD);
    JsonObject.Builder all = JsonObject.builder();
    good.members().forEach(all::put);
    return all.put(field, Json.parse(json)).build();
  }
}
