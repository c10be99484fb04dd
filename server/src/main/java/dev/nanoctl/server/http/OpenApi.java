package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Describes all endpoints as OpenAPI 3.1. */
final class OpenApi {
  private volatile byte[] json = new byte[0];

  void describe(List<Endpoint> endpoints) {
    Map<String, List<Endpoint>> paths = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.isHidden()) {
        paths.computeIfAbsent(endpoint.path(), _ -> new ArrayList<>()).add(endpoint);
      }
    }
    Map<String, Schema.Component> components = new TreeMap<>();
    paths.values().forEach(list -> list.forEach(endpoint -> collect(endpoint, components)));
    json =
        Json.bytes(w ->
            w.object(o -> {
              o.field("openapi", "3.1.0");
              o.object("info", OpenApi::info);
              o.object("paths", p -> paths.forEach((path, all) -> path(p, path, all)));
              o.object("components", c -> components(c, components));
            }));
  }

  byte[] json() {
    return json;
  }

  private static void info(JsonWriter o) {
    o.field("title", "nanoctl")
        .field("version", "1")
        .field(
            "description",
            "Every JSON answer is an envelope: {success, data, meta, timestamp} or"
                + " {success, error: {code, message, details}, timestamp}. Messages follow"
                + " Accept-Language (de, en); codes are stable. Changing calls that sign in by"
                + " cookie send X-CSRF-Token. POSTs of signed-in callers may carry"
                + " Idempotency-Key. Every answer has an X-Request-Id.");
  }

  private static void path(JsonWriter paths, String path, List<Endpoint> endpoints) {
    paths.object(
        path.replace("*}", "}"),
        p -> {
          for (Endpoint endpoint : endpoints) {
            p.object(endpoint.method().toLowerCase(Locale.ROOT), o -> operation(o, endpoint));
          }
        });
  }

  private static void operation(JsonWriter o, Endpoint endpoint) {
    o.field("summary", endpoint.summary()).texts("tags", List.of(tag(endpoint)));
    if (endpoint.access() != Access.PUBLIC) {
      o.field(
          "description",
          "Needs at least the role " + endpoint.access().minimum().orElseThrow().tag() + ".");
      o.array(
          "security",
          List.of("cookie", "bearer"),
          (w, scheme) -> w.object(s -> s.texts(scheme, List.of())));
    }
    o.array("parameters", a -> parameters(a, endpoint));
    switch (endpoint.input()) {
      case Endpoint.Input.None _ -> {}
      case Endpoint.Input.Json(Schema.Fields schema, boolean required) ->
          o.object(
              "requestBody",
              b ->
                  b.field("required", required)
                      .object("content", c -> content(c, Sender.JSON, schema)));
      case Endpoint.Input.Bytes(List<String> types, long _) ->
          o.object(
              "requestBody",
              b ->
                  b.field("required", true)
                      .object("content", c -> types.forEach(type -> c.object(type, _ -> {}))));
    }
    o.object("responses", r -> responses(r, endpoint));
  }

  private static void content(JsonWriter c, String type, Schema schema) {
    c.object(
        type,
        m -> {
          m.name("schema");
          schema.write(m);
        });
  }

  private static String tag(Endpoint endpoint) {
    String path = endpoint.path();
    String rest = path.startsWith("/api/v1/") ? path.substring("/api/v1/".length()) : "system";
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static void parameters(JsonWriter a, Endpoint endpoint) {
    for (String segment : endpoint.path().split("/", -1)) {
      if (segment.startsWith("{")) {
        a.object(o ->
            o.field("name", segment.replace("{", "").replace("*", "").replace("}", ""))
                .field("in", "path")
                .field("required", true)
                .object("schema", s -> s.field("type", "string")));
      }
    }
    for (Param param : endpoint.params()) {
      a.object(o -> {
        o.field("name", param.name()).field("in", "query").name("schema");
        (param.many() ? Schema.list(param.schema()) : param.schema()).write(o);
      });
    }
  }

  private static void responses(JsonWriter r, Endpoint endpoint) {
    for (Endpoint.Output output : endpoint.outputs()) {
      r.object(Integer.toString(output.status()), o -> response(o, output));
    }
    Map<Integer, Set<String>> errors = new TreeMap<>();
    for (ApiError error : errors(endpoint)) {
      errors.computeIfAbsent(error.status(), _ -> new LinkedHashSet<>()).add(error.name());
    }
    errors.forEach((status, codes) ->
        r.object(
            Integer.toString(status),
            o ->
                o.field("description", String.join(", ", codes))
                    .object("content", c -> content(c, Sender.JSON, EnvelopeSchemas.FAILURE))));
  }

  private static Set<ApiError> errors(Endpoint endpoint) {
    Set<ApiError> errors = new LinkedHashSet<>(endpoint.errors());
    errors.add(ApiError.RATE_LIMITED);
    errors.add(ApiError.INTERNAL);
    if (endpoint.access() != Access.PUBLIC) {
      errors.add(ApiError.UNAUTHORIZED);
      errors.add(ApiError.FORBIDDEN);
    }
    if (endpoint.input() instanceof Endpoint.Input.Json) {
      errors.add(ApiError.VALIDATION_ERROR);
      errors.add(ApiError.BAD_REQUEST);
    }
    if (!endpoint.params().isEmpty() || endpoint.path().contains("{")) {
      errors.add(ApiError.BAD_REQUEST);
    }
    return errors;
  }

  private static void response(JsonWriter o, Endpoint.Output output) {
    o.field("description", EnvelopeSchemas.words(output.status()));
    Schema data = output.data();
    if (data != null) {
      o.object(
          "content",
          c ->
              c.object(
                  Sender.JSON,
                  m -> {
                    m.name("schema");
                    EnvelopeSchemas.success(data, output.meta()).write(m);
                    String example = output.example();
                    if (example != null) {
                      m.object(
                          "example",
                          e -> {
                            e.field("success", true).name("data").value(Json.parse(example));
                            e.field("timestamp", "2026-11-21T10:00:00Z");
                          });
                    }
                  }));
      return;
    }
    String mediaType = output.mediaType();
    if (mediaType != null) {
      o.object("content", c -> c.object(mediaType, _ -> {}));
    }
  }

  private static void components(JsonWriter c, Map<String, Schema.Component> components) {
    c.object(
        "schemas",
        s -> {
          for (Schema.Component component : components.values()) {
            s.name(component.name());
            SchemaDocument.definition(component, s);
          }
        });
    c.object(
        "securitySchemes",
        s ->
            s.object("bearer", b -> b.field("type", "http").field("scheme", "bearer"))
                .object(
                    "cookie",
                    k -> k.field("type", "apiKey").field("in", "cookie").field("name", "at")));
  }

  private static void collect(Endpoint endpoint, Map<String, Schema.Component> components) {
    for (Endpoint.Output output : endpoint.outputs()) {
      if (output.data() != null) {
        collect(output.data(), components);
      }
      if (output.meta() != null) {
        collect(output.meta(), components);
      }
    }
    if (endpoint.input() instanceof Endpoint.Input.Json(Schema.Fields schema, boolean _)) {
      collect(schema, components);
    }
    collect(EnvelopeSchemas.FAILURE, components);
  }

  private static void collect(Schema schema, Map<String, Schema.Component> components) {
    switch (schema) {
      case Schema.Component component -> {
        Schema.Component other = components.putIfAbsent(component.name(), component);
        if (other == null) {
          collect(component.schema(), components);
        } else if (!other.equals(component)) {
          throw new IllegalStateException("two shapes are called " + component.name());
        }
      }
      case Schema.Fields fields -> fields.fields().values().forEach(f -> collect(f, components));
      case Schema.Items items -> collect(items.item(), components);
      case Schema.Maybe(Schema inner) -> collect(inner, components);
      case Schema.Named(Schema value) -> collect(value, components);
      case Schema.Text _,
          Schema.Choice _,
          Schema.Int _,
          Schema.Decimal _,
          Schema.Bool _,
          Schema.Any _ -> {}
    }
  }
}
