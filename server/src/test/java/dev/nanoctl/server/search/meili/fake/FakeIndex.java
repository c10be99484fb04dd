package dev.nanoctl.server.search.meili.fake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One index: its documents, its settings, and the searches in it. */
final class FakeIndex {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,511}");
  private static final Set<String> PARAMETERS =
      Set.of(
          "q",
          "offset",
          "limit",
          "page",
          "hitsPerPage",
          "attributesToRetrieve",
          "filter",
          "sort",
          "facets",
          "matchingStrategy",
          "attributesToHighlight",
          "highlightPreTag",
          "highlightPostTag",
          "indexUid");

  private final Map<String, Map<String, Object>> documents = new LinkedHashMap<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Instant createdAt = Instant.now();
  private Instant updatedAt = createdAt;

  Map<String, Object> settings() {
    return settings;
  }

  Map<String, Object> describe(String uid) {
    return FakeJson.of(
        "uid",
        uid,
        "createdAt",
        createdAt.toString(),
        "updatedAt",
        updatedAt.toString(),
        "primaryKey",
        "id");
  }

  Map<String, Map<String, Object>> documents() {
    return documents;
  }

  void set(Map<String, Object> changed) {
    settings.putAll(changed);
    settings.values().removeIf(FakeJson.NULL::equals);
    updatedAt = Instant.now();
  }

  /** Adds documents, or changes the fields of those that are there. */
  void add(List<Object> more, boolean partly) {
    for (Object one : more) {
      Map<String, Object> document = FakeJson.object(one);
      Object id = document.get("id");
      if (id == null) {
        throw FakeError.invalid(
            400,
            "missing_document_id",
            "Document doesn't have a `id` attribute: `" + FakeJson.text(document) + "`.");
      }
      if (!ID.matcher(id.toString()).matches()) {
        throw FakeError.invalid(
            400,
            "invalid_document_id",
            "Document identifier `"
                + FakeJson.text(id)
                + "` is invalid. A document identifier can be of type integer or string, only"
                + " composed of alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores"
                + " (_), and can not be more than 511 bytes.");
      }
    }
    for (Object one : more) {
      Map<String, Object> document = FakeJson.object(one);
      String id = String.valueOf(document.get("id"));
      FakeDocument merged =
          new FakeDocument(partly ? documents.getOrDefault(id, Map.of()) : Map.of());
      merged.putAll(document);
      documents.put(id, merged);
    }
    updatedAt = Instant.now();
  }

  int delete(Predicate<Map<String, Object>> which) {
    int before = documents.size();
    documents.values().removeIf(which);
    updatedAt = Instant.now();
    return before - documents.size();
  }

  /** The attributes that filters and facets may name. */
  Set<String> filterable() {
    Set<String> names = new HashSet<>();
    for (Object rule : FakeJson.array(settings.getOrDefault("filterableAttributes", List.of()))) {
      if (rule instanceof Map<?, ?> map) {
        FakeJson.array(FakeJson.member(FakeJson.object(map), "attributePatterns"))
            .forEach(name -> names.add(name.toString()));
      } else {
        names.add(rule.toString());
      }
    }
    return names;
  }

  /** The answer to a search. */
  Map<String, Object> search(Map<String, Object> request, String uid) {
    check(request);
    String query = string(request, "q", "");
    Object filter = request.getOrDefault("filter", List.of());
    Predicate<Map<String, Object>> passes = FakeFilter.read(filter, filterable(), uid);
    List<Map<String, Object>> found = find(query, string(request, "matchingStrategy", "last"));
    found.removeIf(passes.negate());
    sort(found, FakeJson.array(request.getOrDefault("sort", List.of())));
    int offset = number(request, "offset", 0);
    int limit = number(request, "limit", 20);
    boolean paged = request.containsKey("page") || request.containsKey("hitsPerPage");
    if (paged) {
      limit = number(request, "hitsPerPage", 20);
      offset = (number(request, "page", 1) - 1) * limit;
    }
    List<Object> hits =
        found.stream().skip(offset).limit(limit).<Object>map(one -> hit(one, request)).toList();
    Map<String, Object> answer = FakeJson.of("hits", hits, "query", query, "processingTimeMs", 0);
    if (paged) {
      answer.put("hitsPerPage", limit);
      answer.put("page", number(request, "page", 1));
      answer.put("totalPages", (found.size() + limit - 1) / limit);
      answer.put("totalHits", found.size());
    } else {
      answer.put("limit", limit);
      answer.put("offset", offset);
      answer.put("estimatedTotalHits", found.size());
    }
    if (request.containsKey("facets")) {
      answer.put("facetDistribution", facets(found, FakeJson.array(request.get("facets"))));
      answer.put("facetStats", stats(found, FakeJson.array(request.get("facets"))));
    }
    answer.put("requestUid", java.util.UUID.randomUUID().toString());
    return answer;
  }

  private static void check(Map<String, Object> request) {
    for (String name : request.keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw FakeError.invalid(400, "bad_request", "Unknown field `" + name + "`");
      }
    }
    Object limit = request.getOrDefault("limit", BigDecimal.ONE);
    if (!(limit instanceof BigDecimal)) {
      throw FakeError.invalid(
          400,
          "invalid_search_limit",
          "Invalid value type at `.limit`: expected a positive integer, but found a string: `"
              + FakeJson.text(limit)
              + "`");
    }
  }

  private List<Map<String, Object>> find(String query, String strategy) {
    FakeText words = new FakeText(query, settings);
    if (query.isBlank()) {
      return new ArrayList<>(documents.values());
    }
    int least = strategy.equals("last") ? 1 : words.size();
    List<Map<String, Object>> found = new ArrayList<>();
    for (int count = words.size(); count >= least; count--) {
      for (Map<String, Object> document : documents.values()) {
        if (!found.contains(document) && words.held(searchable(document), count) == count) {
          found.add(document);
        }
      }
    }
    if (strategy.equals("frequency") && found.isEmpty()) {
      documents.values().stream()
          .filter(document -> words.held(searchable(document), words.size()) > 0)
          .forEach(found::add);
    }
    return found;
  }

  private String searchable(Map<String, Object> document) {
    StringBuilder text = new StringBuilder();
    for (Object field :
        FakeJson.array(settings.getOrDefault("searchableAttributes", List.of("*")))) {
      if (field.equals("*")) {
        document.values().forEach(value -> text.append(' ').append(value));
      } else {
        text.append(' ').append(document.getOrDefault(field.toString(), ""));
      }
    }
    return text.toString();
  }

  private static void sort(List<Map<String, Object>> found, List<Object> rules) {
    Comparator<Map<String, Object>> order = null;
    for (Object rule : rules) {
      String[] parts = rule.toString().split(":", -1);
      Comparator<Map<String, Object>> one =
          (a, b) -> compare(a, b, parts[0], parts[1].equals("desc"));
      order = order == null ? one : order.thenComparing(one);
    }
    if (order != null) {
      found.sort(order);
    }
  }

  /** What has no such value comes last, whichever the order. */
  private static int compare(
      Map<String, Object> one, Map<String, Object> other, String field, boolean descending) {
    Object a = one.getOrDefault(field, FakeJson.NULL);
    Object b = other.getOrDefault(field, FakeJson.NULL);
    if (a.equals(FakeJson.NULL) || b.equals(FakeJson.NULL)) {
      return Boolean.compare(a.equals(FakeJson.NULL), b.equals(FakeJson.NULL));
    }
    int order =
        a instanceof BigDecimal x && b instanceof BigDecimal y
            ? x.compareTo(y)
            : FakeFilter.normal(a.toString()).compareTo(FakeFilter.normal(b.toString()));
    return descending ? -order : order;
  }

  private Map<String, Object> hit(Map<String, Object> document, Map<String, Object> request) {
    List<Object> wanted =
        FakeJson.array(request.getOrDefault("attributesToRetrieve", List.of("*")));
    List<Object> shown = FakeJson.array(settings.getOrDefault("displayedAttributes", List.of("*")));
    Map<String, Object> hit = new LinkedHashMap<>();
    document.forEach((name, value) -> {
      if ((wanted.contains("*") || wanted.contains(name))
          && (shown.contains("*") || shown.contains(name))) {
        hit.put(name, value);
      }
    });
    if (request.containsKey("attributesToHighlight")) {
      Map<String, Object> formatted = new LinkedHashMap<>();
      hit.forEach((name, value) ->
          formatted.put(name, value instanceof BigDecimal ? value.toString() : value));
      hit.put("_formatted", formatted);
    }
    return hit;
  }

  private Map<String, Object> facets(List<Map<String, Object>> found, List<Object> names) {
    Map<String, Object> all = new TreeMap<>();
    for (Object name : names) {
      if (!filterable().contains(name.toString())) {
        throw FakeError.invalid(
            400,
            "invalid_search_facets",
            "Invalid facet distribution: Attribute `" + name + "` is not filterable.");
      }
      // as the real one: one value by its normal form, shown as one of the documents writes it
      Map<String, String> shown = new TreeMap<>();
      Map<String, Integer> counts = new TreeMap<>();
      for (Map<String, Object> document : found) {
        for (String value : new HashSet<>(FakeFilter.values(document, name.toString()))) {
          String normal = FakeFilter.normal(value);
          shown.putIfAbsent(normal, value);
          counts.merge(normal, 1, Integer::sum);
        }
      }
      Map<String, Object> values = new LinkedHashMap<>();
      counts.forEach((normal, count) -> values.put(shown.getOrDefault(normal, normal), count));
      if (!values.isEmpty()) {
        all.put(name.toString(), values);
      }
    }
    return all;
  }

  private static Map<String, Object> stats(List<Map<String, Object>> found, List<Object> names) {
    Map<String, Object> all = new TreeMap<>();
    for (Object name : names) {
      List<Double> numbers =
          found.stream()
              .map(document -> document.get(name.toString()))
              .filter(BigDecimal.class::isInstance)
              .map(number -> ((BigDecimal) number).doubleValue())
              .sorted()
              .toList();
      if (!numbers.isEmpty()) {
        all.put(name.toString(), FakeJson.of("min", numbers.getFirst(), "max", numbers.getLast()));
      }
    }
    return all;
  }

  private static String string(Map<String, Object> request, String name, String otherwise) {
    return request.getOrDefault(name, otherwise).toString();
  }

  private static int number(Map<String, Object> request, String name, int otherwise) {
    return Integer.parseInt(request.getOrDefault(name, otherwise).toString());
  }
}
