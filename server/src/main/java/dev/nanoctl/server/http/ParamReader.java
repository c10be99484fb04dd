package dev.nanoctl.server.http;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads query parameters by their description. */
final class ParamReader {
  private static final int MOST_VALUES = 50;

  private ParamReader() {}

  static List<String> read(Param param, Map<String, List<String>> raw, List<FieldError> errors) {
    List<String> values = new ArrayList<>();
    for (String text : raw.getOrDefault(param.name(), List.of())) {
      for (String value : param.many() ? List.of(text.split(",", -1)) : List.of(text)) {
        if (!value.isBlank()) {
          values.add(value.strip());
        }
      }
    }
    if (values.isEmpty()) {
      return param.otherwise() == null ? List.of() : List.of(param.otherwise());
    }
    if (values.size() > (param.many() ? MOST_VALUES : 1)) {
      errors.add(
          new FieldError(
              param.name(), "too_many", "Zu viele Werte angegeben.", "Too many values are given."));
      return List.of();
    }
    for (String value : values) {
      FieldError error = check(param, value);
      if (error != null) {
        errors.add(error);
      }
    }
    return values;
  }

  private static @Nullable FieldError check(Param param, String value) {
    return switch (param.schema()) {
      case Schema.Text text -> SchemaCheck.textError(text, value, param.name());
      case Schema.Int range -> whole(range, value, param.name());
      case Schema.Choice(List<String> values) ->
          values.contains(value) ? null : SchemaCheck.notAChoice(values, param.name());
      case Schema.Bool _ ->
          value.equals("true") || value.equals("false")
              ? null
              : SchemaCheck.notAChoice(List.of("true", "false"), param.name());
      case Schema.Decimal _,
          Schema.Items _,
          Schema.Maybe _,
          Schema.Named _,
          Schema.Any _,
          Schema.Component _,
          Schema.Fields _ ->
          throw new IllegalStateException(param.name() + " cannot be a query parameter");
    };
  }

  private static @Nullable FieldError whole(Schema.Int range, String value, String name) {
    if (!value.matches("-?[0-9]{1,18}")) {
      return SchemaCheck.type(name, "eine ganze Zahl", "a whole number");
    }
    return SchemaCheck.rangeError(range, new BigDecimal(value), name);
  }
}
