package dev.nanoctl.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatIsReadIsWrittenAgainAsItWas() {
    String text =
        "{\"a\":[1,2.50,\"ü\\n\",true,null,{}],\"b\":{\"c\":-1e3},\"big\":9007199254740993}";
    assertThat(Json.text(Json.parse(text))).isEqualTo(text.replace("-1e3", "-1E+3"));
    assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.parse(text));
    assertThat(Json.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1}{",
        "{\"a\":1} 2",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "NaN",
        "'x'",
        "\"\t\"",
        "/* */ 1",
        "01"
      })
  void textThatIsNotExactlyOneValueIsRefused(String text) {
    assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> Json.parse(text));
  }

  @Test
  void aSyntaxErrorSaysWhere() {
    assertThatExceptionOfType(JsonSyntaxException.class)
        .isThrownBy(() -> Json.parse("{\n  \"a\": x\n}"))
        .satisfies(e -> assertThat(e.line()).isEqualTo(2))
        .withMessageContaining("line 2");
  }

  @Test
  void nestingIsLimited() {
    String deep = "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1);
    assertThatExceptionOfType(JsonSyntaxException.class).isThrownBy(() -> Json.parse(deep));
  }

  @Test
  void missingAndNullAreEmptyAndOtherKindsAreNamed() {
    JsonObject object = Json.parseObject("{\"s\":\"x\",\"n\":null,\"i\":3,\"f\":1.5,\"b\":false}");
    assertThat(object.text("s")).contains("x");
    assertThat(object.text("n")).isEmpty();
    assertThat(object.text("none")).isEmpty();
    assertThat(object.has("n")).isTrue();
    assertThat(object.integer("i")).hasValue(3);
    assertThat(object.number("f")).hasValue(1.5);
    assertThat(object.bool("b")).contains(false);
    assertThatExceptionOfType(JsonTypeException.class)
        .isThrownBy(() -> object.integer("f"))
        .withMessage("f: a integer was expected, not a number");
    assertThatExceptionOfType(JsonTypeException.class)
        .isThrownBy(() -> object.text("i"))
        .satisfies(e -> assertThat(e.member()).isEqualTo("i"));
  }

  @ParameterizedTest
  @CsvSource({"1e999999999", "9223372036854775808", "0.1", "1e-999999999"})
  void aNumberThatIsNoIntegerIsRefusedQuickly(String number) {
    JsonObject object = Json.parseObject("{\"i\":" + number + "}");
    assertThatExceptionOfType(JsonTypeException.class).isThrownBy(() -> object.integer("i"));
  }

  @Test
  void anArrayIsNoObject() {
    assertThatExceptionOfType(JsonTypeException.class)
        .isThrownBy(() -> Json.parseObject("[]"))
        .withMessageContaining("array");
  }

  @Test
  void theWriterNestsAndEscapes() {
    String text =
        Json.text(json ->
            json.object(o ->
                o.field("q", "a\"b\u0001")
                    .field("at", Instant.EPOCH)
                    .field("nan", Double.NaN)
                    .texts("tags", List.of("x", "y"))
                    .array("rows", List.of(1, 2), (row, n) -> row.value(n))
                    .rawField("raw", "[1]")
                    .nullField("none")
                    .object("o", inner -> inner.field("t", true))));
    assertThat(text)
        .isEqualTo(
            "{\"q\":\"a\\\"b\\u0001\",\"at\":\"1970-01-01T00:00:00Z\",\"nan\":null,"
                + "\"tags\":[\"x\",\"y\"],\"rows\":[1,2],\"raw\":[1],\"none\":null,"
                + "\"o\":{\"t\":true}}");
  }

  @Test
  void prettyIsForPeople() {
    assertThat(Json.pretty(json -> json.object(o -> o.field("a", 1).texts("b", List.of("c")))))
        .isEqualTo("{\n  \"a\": 1,\n  \"b\": [\n    \"c\"\n  ]\n}");
  }
}
