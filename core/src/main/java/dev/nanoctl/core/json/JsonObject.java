package dev.nanoctl.core.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object; members keep their order.
 *
 * <p>The typed getters answer empty for a member that is missing or {@code null}, and throw {@link
 * JsonTypeException} for one of another kind. Use {@link #get} to tell missing from {@code null}.
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
  /** An object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  /** Keeps its own copy of the members, in order. */
  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Starts a new object. */
  public static Builder builder() {
    return new Builder();
  }

  /** The names of all members. */
  public Set<String> names() {
    return members.keySet();
  }

  /** True if there is such a member, even {@code null}. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The member as it is; empty only if there is none. */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** A string member. */
  public Optional<String> text(String name) {
    return switch (present(name)) {
      case null -> Optional.empty();
      case Text(String value) -> Optional.of(value);
      case JsonValue other -> throw new JsonTypeException(name, "string", other.kind());
    };
  }

  /** A number member without a fraction that fits 64 bits. */
  public OptionalLong integer(String name) {
    return switch (present(name)) {
      case null -> OptionalLong.empty();
      case Numeric(BigDecimal value) -> OptionalLong.of(exact(name, value));
      case JsonValue other -> throw new JsonTypeException(name, "integer", other.kind());
    };
  }

  /** A number member. */
  public OptionalDouble number(String name) {
    return switch (present(name)) {
      case null -> OptionalDouble.empty();
      case Numeric(BigDecimal value) -> OptionalDouble.of(value.doubleValue());
      case JsonValue other -> throw new JsonTypeException(name, "number", other.kind());
    };
  }

  /** A boolean member. */
  public Optional<Boolean> bool(String name) {
    return switch (present(name)) {
      case null -> Optional.empty();
      case Bool(boolean value) -> Optional.of(value);
      case JsonValue other -> throw new JsonTypeException(name, "boolean", other.kind());
    };
  }

  /** An object member. */
  public Optional<JsonObject> object(String name) {
    return switch (present(name)) {
      case null -> Optional.empty();
      case JsonObject value -> Optional.of(value);
      case JsonValue other -> throw new JsonTypeException(name, "object", other.kind());
    };
  }

  /** An array member. */
  public Optional<JsonArray> array(String name) {
    return switch (present(name)) {
      case null -> Optional.empty();
      case JsonArray value -> Optional.of(value);
      case JsonValue other -> throw new JsonTypeException(name, "array", other.kind());
    };
  }

  private @Nullable JsonValue present(String name) {
    JsonValue value = members.get(name);
    return value instanceof Null ? null : value;
  }

  private static long exact(String name, BigDecimal value) {
    // 1e999999999 must not be expanded to find out that it is too large
    if (value.scale() < -19 || value.precision() - value.scale() > 19) {
      throw new JsonTypeException(name, "integer", "number");
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException _) {
      throw new JsonTypeException(name, "integer", "number");
    }
  }

  /** Collects members; a {@code null} becomes a JSON {@code null}. */
  public static final class Builder {
    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds any value. */
    public Builder put(String name, @Nullable JsonValue value) {
      members.put(name, value == null ? Null.INSTANCE : value);
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, @Nullable String value) {
      return put(name, value == null ? null : new Text(value));
    }

    /** Adds an integer. */
    public Builder put(String name, long value) {
      return put(name, new Numeric(BigDecimal.valueOf(value)));
    }

    /** Adds a fraction. */
    public Builder put(String name, double value) {
      return put(name, new Numeric(BigDecimal.valueOf(value)));
    }

    /** Adds a boolean. */
    public Builder put(String name, boolean value) {
      return put(name, new Bool(value));
    }

    /** The finished object. */
    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
