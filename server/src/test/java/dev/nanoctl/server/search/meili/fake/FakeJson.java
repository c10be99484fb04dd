package dev.nanoctl.server.search.meili.fake;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON as maps, lists, strings, numbers, booleans and {@link #NULL}. */
public final class FakeJson {
  /** JSON's null. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private final String text;
  private int at;

  private FakeJson(String text) {
    this.text = text;
  }

  /** Reads one value; {@link IllegalArgumentException} if the text is not exactly that. */
  public static Object parse(String text) {
    FakeJson reader = new FakeJson(text);
    Object value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("trailing characters");
    }
    return value;
  }

  /** Reads an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("not an object: " + value);
  }

  /** Reads an array. */
  @SuppressWarnings("unchecked")
  public static List<Object> array(Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("not an array: " + value);
  }

  /** A member that must be there. */
  public static Object member(Map<String, Object> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  /** An object of names and values in turn. */
  public static Map<String, Object> of(Object... members) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put((String) members[i], members[i + 1]);
    }
    return map;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " at line 1 column " + at);
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    blanks();
    if (at >= text.length()) {
      throw wrong("EOF while parsing a value");
    }
    return text.charAt(at);
  }

  private Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", NULL);
      default -> number();
    };
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong("expected ident");
    }
    at += word.length();
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    while (next() != '}') {
      if (!map.isEmpty()) {
        expect(',');
        next();
      }
      String name = string();
      expect(':');
      map.put(name, value());
    }
    at++;
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    at++;
    while (next() != ']') {
      if (!list.isEmpty()) {
        expect(',');
      }
      list.add(value());
    }
    at++;
    return list;
  }

  private void expect(char c) {
    if (next() != c) {
      throw wrong("expected `" + c + "`");
    }
    at++;
  }

  private Object number() {
    int begin = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return new BigDecimal(text.substring(begin, at));
    } catch (NumberFormatException _) {
      throw wrong("expected value");
    }
  }

  private String string() {
    if (next() != '"') {
      throw wrong("expected a string");
    }
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    if (at >= text.length()) {
      throw wrong("EOF while parsing a string");
    }
    at++;
    return out.toString();
  }

  private char escape() {
    if (at >= text.length()) {
      throw wrong("EOF while parsing a string");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw wrong("EOF while parsing a string");
        }
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  /** The value as JSON text. */
  public static String text(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case Map<?, ?> map -> {
        char before = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
          out.append(before);
          quote((String) member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          before = ',';
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case Iterable<?> list -> {
        out.append('[');
        int begin = out.length();
        for (Object one : list) {
          if (out.length() > begin) {
            out.append(',');
          }
          write(one, out);
        }
        out.append(']');
      }
      case String string -> quote(string, out);
      case BigDecimal number -> out.append(number);
      default -> out.append(value);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
