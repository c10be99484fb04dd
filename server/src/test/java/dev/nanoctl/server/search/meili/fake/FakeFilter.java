package dev.nanoctl.server.search.meili.fake;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads filter expressions. */
final class FakeFilter {
  private static final String SIGNS = "()[],";

  private final Set<String> filterable;
  private final String index;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private FakeFilter(String text, Set<String> filterable, String index) {
    this.filterable = filterable;
    this.index = index;
    cut(text);
  }

  /** What passes a filter: an expression, or a list of them of which inner lists are choices. */
  static Predicate<Map<String, Object>> read(Object filter, Set<String> filterable, String index) {
    if (filter instanceof List<?> all) {
      Predicate<Map<String, Object>> every = _ -> true;
      for (Object one : all) {
        every = every.and(choice(one, filterable, index));
      }
      return every;
    }
    FakeFilter reader = new FakeFilter(filter.toString(), filterable, index);
    Predicate<Map<String, Object>> read = reader.or();
    if (reader.at < reader.tokens.size()) {
      throw FakeError.badFilter("Found unexpected characters at the end of the filter");
    }
    return read;
  }

  private static Predicate<Map<String, Object>> choice(
      Object filter, Set<String> filterable, String index) {
    if (filter instanceof List<?> any) {
      Predicate<Map<String, Object>> some = _ -> false;
      for (Object one : any) {
        some = some.or(read(one, filterable, index));
      }
      return some;
    }
    return read(filter, filterable, index);
  }

  /** How values are compared. */
  static String normal(String value) {
    return Normalizer.normalize(value.strip(), Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
  }

  private void cut(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int begin = i;
      if (Character.isWhitespace(c)) {
        i++;
      } else if (SIGNS.indexOf(c) >= 0) {
        tokens.add(String.valueOf(c));
        i++;
      } else if ("=!<>".indexOf(c) >= 0) {
        i += text.startsWith("=", i + 1) ? 2 : 1;
        tokens.add(text.substring(begin, i));
      } else if (c == '"' || c == '\'') {
        StringBuilder value = new StringBuilder("\"");
        i++;
        while (i < text.length() && text.charAt(i) != c) {
          if (text.charAt(i) == '\\' && i + 1 < text.length()) {
            i++;
          }
          value.append(text.charAt(i++));
        }
        i++;
        tokens.add(value.toString());
      } else {
        while (i < text.length()
            && !Character.isWhitespace(text.charAt(i))
            && "()[],=!<>\"'".indexOf(text.charAt(i)) < 0) {
          i++;
        }
        tokens.add(text.substring(begin, i));
      }
    }
  }

  private boolean take(String word) {
    if (at < tokens.size() && tokens.get(at).equals(word)) {
      at++;
      return true;
    }
    return false;
  }

  private String next() {
    if (at >= tokens.size()) {
      throw FakeError.badFilter("Was expecting a value but instead got nothing.");
    }
    String token = tokens.get(at++);
    return token.startsWith("\"") ? token.substring(1) : token;
  }

  private Predicate<Map<String, Object>> or() {
    Predicate<Map<String, Object>> any = and();
    while (take("OR")) {
      any = any.or(and());
    }
    return any;
  }

  private Predicate<Map<String, Object>> and() {
    Predicate<Map<String, Object>> all = not();
    while (take("AND")) {
      all = all.and(not());
    }
    return all;
  }

  private Predicate<Map<String, Object>> not() {
    return take("NOT") ? not().negate() : primary();
  }

  private Predicate<Map<String, Object>> primary() {
    if (take("(")) {
      Predicate<Map<String, Object>> inner = or();
      if (!take(")")) {
        throw FakeError.badFilter("Expression starting with `(` is missing its closing delimiter.");
      }
      return inner;
    }
    String field = next();
    if (!filterable.contains(field)) {
      throw FakeError.badFilter(
          "Index `" + index + "`: Attribute `" + field + "` is not filterable.");
    }
    if (take("EXISTS")) {
      return document -> document.containsKey(field);
    }
    if (take("NOT")) {
      return take("EXISTS") ? document -> !document.containsKey(field) : in(field).negate();
    }
    if (at < tokens.size() && tokens.get(at).equals("IN")) {
      return in(field);
    }
    return compared(field);
  }

  private Predicate<Map<String, Object>> in(String field) {
    if (!take("IN") || !take("[")) {
      throw FakeError.badFilter("Expected only comma-separated field names inside `IN[..]`");
    }
    Set<String> values = new HashSet<>();
    while (!take("]")) {
      values.add(normal(next()));
      take(",");
    }
    return document -> !Collections.disjoint(values, normals(document, field));
  }

  private Predicate<Map<String, Object>> compared(String field) {
    String sign = next();
    if (!Set.of("=", "!=", "<", "<=", ">", ">=").contains(sign)) {
      BigDecimal low = new BigDecimal(sign);
      if (!take("TO")) {
        throw FakeError.badFilter("Was expecting an operation");
      }
      BigDecimal high = new BigDecimal(next());
      return numbers(field, n -> n.compareTo(low) >= 0 && n.compareTo(high) <= 0);
    }
    String value = next();
    return switch (sign) {
      case "=" -> equal(field, value);
      case "!=" -> equal(field, value).negate();
      case "<" -> numbers(field, n -> n.compareTo(new BigDecimal(value)) < 0);
      case "<=" -> numbers(field, n -> n.compareTo(new BigDecimal(value)) <= 0);
      case ">" -> numbers(field, n -> n.compareTo(new BigDecimal(value)) > 0);
      default -> numbers(field, n -> n.compareTo(new BigDecimal(value)) >= 0);
    };
  }

  private static Predicate<Map<String, Object>> equal(String field, String value) {
    String wanted = normal(value);
    return document -> values(document, field).stream().anyMatch(one -> normal(one).equals(wanted));
  }

  private static Predicate<Map<String, Object>> numbers(
      String field, Predicate<BigDecimal> condition) {
    return document -> document.get(field) instanceof BigDecimal number && condition.test(number);
  }

  private static Set<String> normals(Map<String, Object> document, String field) {
    if (document instanceof FakeDocument cached) {
      return cached.normals(field);
    }
    return values(document, field).stream().map(FakeFilter::normal).collect(Collectors.toSet());
  }

  /** The values of a field as texts. */
  static List<String> values(Map<String, Object> document, String field) {
    Object value = document.getOrDefault(field, List.of());
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).toList();
    }
    return value.equals(FakeJson.NULL) ? List.of() : List.of(value.toString());
  }
}
