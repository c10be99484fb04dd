package dev.nanoctl.server.search.meili.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The endpoints. */
final class FakeApi {
  private static final int ACCEPTED = 202;

  private volatile String masterKey;
  private final Map<String, FakeIndex> indexes = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> keys = new LinkedHashMap<>();
  private volatile FakeTasks tasks = new FakeTasks();
  private Consumer<FakeRequest> accepted = _ -> {};
  private int writesToFail;

  FakeApi(String masterKey) {
    this.masterKey = masterKey;
  }

  /** Takes that key from now on, and no other. */
  void key(String other) {
    masterKey = other;
  }

  /** Tells about every change that is accepted from now on. */
  synchronized void whenAccepted(Consumer<FakeRequest> listener) {
    accepted = listener;
  }

  /** What is answered. */
  record Answer(int status, Object body) {}

  FakeTasks tasks() {
    return tasks;
  }

  synchronized void failNextWrites(int count) {
    writesToFail = count;
  }

  synchronized void forget() {
    indexes.clear();
    tasks = new FakeTasks();
  }

  synchronized Answer answer(FakeRequest request) {
    String[] path = request.path().substring(1).split("/");
    if (path[0].equals("health")) {
      return new Answer(200, FakeJson.of("status", "available"));
    }
    authorise(request, path);
    Answer answer = answer(request, path);
    if (answer.status() == ACCEPTED) {
      accepted.accept(request);
    }
    return answer;
  }

  private Answer answer(FakeRequest request, String[] path) {
    return switch (path[0]) {
      case "version" ->
          new Answer(
              200, FakeJson.of("commitSha", "0", "commitDate", "2026", "pkgVersion", "1.50.0"));
      case "stats" -> new Answer(200, FakeJson.of("databaseSize", 0, "indexes", Map.of()));
      case "tasks" ->
          new Answer(
              200,
              path.length > 1
                  ? tasks.one(Integer.parseInt(path[1]))
                  : tasks.tasks(request.query()));
      case "batches" -> new Answer(200, tasks.batches(request.query()));
      case "multi-search" -> multiSearch(request.object());
      case "swap-indexes" -> swap(request);
      case "keys" -> createKey(request.object());
      case "dumps" ->
          task(
              FakeJson.NULL,
              "dumpCreation",
              FakeJson.of("dumpUid", FakeJson.NULL),
              () -> FakeJson.of("dumpUid", "20260101-000000000"));
      case "indexes" -> path.length == 1 ? indexes(request) : index(request, path);
      default -> throw new IllegalArgumentException("no such endpoint: " + request.route());
    };
  }

  private void authorise(FakeRequest request, String[] path) {
    if (request.authorization().isEmpty()) {
      throw FakeError.auth(
          401,
          "missing_authorization_header",
          "The Authorization header is missing. It must use the bearer authorization method.");
    }
    String key = request.authorization().replaceFirst("^Bearer ", "");
    boolean searches = path[path.length - 1].equals("search");
    if (!key.equals(masterKey) && !(keys.containsKey(key) && searches)) {
      throw FakeError.auth(403, "invalid_api_key", "The provided API key is invalid.");
    }
  }

  private FakeIndex found(String uid) {
    FakeIndex index = indexes.get(uid);
    if (index == null) {
      throw FakeError.noIndex(uid);
    }
    return index;
  }

  private Answer task(Object index, String type, Map<String, Object> details, FakeTasks.Work work) {
    return new Answer(
        ACCEPTED,
        tasks.enqueue(
            index,
            type,
            details,
            () -> {
              synchronized (this) {
                return work.run();
              }
            }));
  }

  private Answer indexes(FakeRequest request) {
    if (request.method().equals("GET")) {
      List<Object> all = new ArrayList<>();
      indexes.forEach((uid, index) -> all.add(index.describe(uid)));
      return new Answer(
          200, FakeJson.of("results", all, "offset", 0, "limit", 20, "total", all.size()));
    }
    Map<String, Object> body = request.object();
    String uid = body.getOrDefault("uid", "").toString();
    return task(
        uid,
        "indexCreation",
        FakeJson.of("primaryKey", body.getOrDefault("primaryKey", FakeJson.NULL)),
        () -> {
          if (indexes.putIfAbsent(uid, new FakeIndex()) != null) {
            throw FakeError.invalid(
                400, "index_already_exists", "Index `" + uid + "` already exists.");
          }
          return Map.of();
        });
  }

  private Answer index(FakeRequest request, String[] path) {
    String uid = path[1];
    String rest = String.join("/", List.of(path).subList(2, path.length));
    String verb = request.method() + " " + rest;
    return switch (verb) {
      case "GET " -> new Answer(200, found(uid).describe(uid));
      case "DELETE " -> deleteIndex(uid);
      case "GET settings" -> new Answer(200, found(uid).settings());
      case "PATCH settings" -> {
        Map<String, Object> settings = request.object();
        yield task(
            uid,
            "settingsUpdate",
            echo(settings),
            () -> {
              indexes.computeIfAbsent(uid, _ -> new FakeIndex()).set(settings);
              return Map.of();
            });
      }
      case "GET stats" -> stats(found(uid));
      case "POST search" -> new Answer(200, found(uid).search(request.object(), uid));
      case "POST facet-search" -> facetSearch(found(uid), request.object());
      case "POST documents" -> write(uid, FakeJson.array(request.json()), false);
      case "PUT documents" -> write(uid, FakeJson.array(request.json()), true);
      case "POST documents/fetch" -> fetch(found(uid), request.object(), uid);
      case "POST documents/delete" -> deleteByFilter(uid, request.object());
      case "POST documents/delete-batch" ->
          delete(uid, FakeJson.array(request.json()).stream().map(Object::toString).toList());
      default -> document(request.method(), uid, path[3]);
    };
  }

  /** As settings are repeated in tasks: stop words in order. */
  private static Map<String, Object> echo(Map<String, Object> settings) {
    Map<String, Object> details = new LinkedHashMap<>(settings);
    details.computeIfPresent("stopWords", (_, words) -> new TreeSet<>(FakeJson.array(words)));
    return details;
  }

  private Answer deleteIndex(String uid) {
    return task(
        uid,
        "indexDeletion",
        FakeJson.of("deletedDocuments", FakeJson.NULL),
        () -> {
          int count = found(uid).documents().size();
          indexes.remove(uid);
          return FakeJson.of("deletedDocuments", count);
        });
  }

  private static Answer stats(FakeIndex index) {
    Map<String, Object> fields = new java.util.TreeMap<>();
    index
        .documents()
        .values()
        .forEach(document ->
            document.keySet().forEach(name -> fields.merge(name, 1, (a, b) -> (int) a + (int) b)));
    return new Answer(
        200,
        FakeJson.of(
            "numberOfDocuments", index.documents().size(),
            "rawDocumentDbSize", 4096,
            "avgDocumentSize", 1016,
            "isIndexing", false,
            "numberOfEmbeddings", 0,
            "numberOfEmbeddedDocuments", 0,
            "fieldDistribution", fields));
  }

  private Answer write(String uid, List<Object> documents, boolean partly) {
    Map<String, Object> details =
        FakeJson.of("receivedDocuments", documents.size(), "indexedDocuments", FakeJson.NULL);
    return task(
        uid,
        "documentAdditionOrUpdate",
        details,
        () -> {
          details.put("indexedDocuments", 0);
          if (writesToFail > 0) {
            writesToFail--;
            throw FakeError.invalid(500, "no_space_left_on_device", "There is no more space left.");
          }
          indexes.computeIfAbsent(uid, _ -> new FakeIndex()).add(documents, partly);
          return FakeJson.of("indexedDocuments", documents.size());
        });
  }

  private Answer document(String method, String uid, String id) {
    if (method.equals("DELETE")) {
      return delete(uid, List.of(id));
    }
    Map<String, Object> document = found(uid).documents().get(id);
    if (document == null) {
      throw FakeError.invalid(404, "document_not_found", "Document `" + id + "` not found.");
    }
    return new Answer(200, document);
  }

  private Answer delete(String uid, List<String> ids) {
    Map<String, Object> details =
        FakeJson.of(
            "providedIds", ids.size(),
            "deletedDocuments", FakeJson.NULL,
            "originalFilter", FakeJson.NULL);
    return task(
        uid,
        "documentDeletion",
        details,
        () ->
            FakeJson.of(
                "deletedDocuments",
                found(uid).delete(document -> ids.contains(String.valueOf(document.get("id"))))));
  }

  private Answer deleteByFilter(String uid, Map<String, Object> body) {
    Object filter = body.getOrDefault("filter", "");
    Map<String, Object> details =
        FakeJson.of(
            "providedIds",
            0,
            "deletedDocuments",
            FakeJson.NULL,
            "originalFilter",
            FakeJson.text(filter));
    return task(
        uid,
        "documentDeletion",
        details,
        () -> {
          FakeIndex index = found(uid);
          return FakeJson.of(
              "deletedDocuments", index.delete(FakeFilter.read(filter, index.filterable(), uid)));
        });
  }

  private static Answer fetch(FakeIndex index, Map<String, Object> body, String uid) {
    List<Object> ids = FakeJson.array(body.getOrDefault("ids", List.of()));
    List<Object> fields = FakeJson.array(body.getOrDefault("fields", List.of("*")));
    Predicate<Map<String, Object>> passes =
        FakeFilter.read(body.getOrDefault("filter", List.of()), index.filterable(), uid);
    if (body.containsKey("ids")) {
      passes = passes.and(document -> ids.contains(document.get("id")));
    }
    int offset = Integer.parseInt(body.getOrDefault("offset", 0).toString());
    int limit = Integer.parseInt(body.getOrDefault("limit", 20).toString());
    List<Map<String, Object>> all = index.documents().values().stream().filter(passes).toList();
    List<Object> page = new ArrayList<>();
    all.stream()
        .skip(offset)
        .limit(limit)
        .forEach(document -> {
          Map<String, Object> shown = new LinkedHashMap<>(document);
          shown.keySet().removeIf(name -> !fields.contains("*") && !fields.contains(name));
          page.add(shown);
        });
    return new Answer(
        200, FakeJson.of("results", page, "offset", offset, "limit", limit, "total", all.size()));
  }

  private static Answer facetSearch(FakeIndex index, Map<String, Object> body) {
    String name = String.valueOf(body.get("facetName"));
    String wanted = String.valueOf(body.getOrDefault("facetQuery", ""));
    Map<String, Integer> counts = new java.util.TreeMap<>();
    index
        .documents()
        .values()
        .forEach(document ->
            FakeFilter.values(document, name).stream()
                .filter(value -> FakeFilter.normal(value).startsWith(FakeFilter.normal(wanted)))
                .forEach(value -> counts.merge(value, 1, Integer::sum)));
    List<Object> hits = new ArrayList<>();
    counts.forEach((value, count) -> hits.add(FakeJson.of("value", value, "count", count)));
    return new Answer(
        200, FakeJson.of("facetHits", hits, "facetQuery", wanted, "processingTimeMs", 0));
  }

  private Answer multiSearch(Map<String, Object> body) {
    List<Object> results = new ArrayList<>();
    for (Object query : FakeJson.array(body.getOrDefault("queries", List.of()))) {
      Map<String, Object> one = FakeJson.object(query);
      String uid = String.valueOf(one.get("indexUid"));
      Map<String, Object> result = FakeJson.of("indexUid", uid);
      result.putAll(found(uid).search(one, uid));
      results.add(result);
    }
    return new Answer(200, FakeJson.of("results", results));
  }

  private Answer swap(FakeRequest request) {
    List<Object> swaps = new ArrayList<>();
    for (Object one : FakeJson.array(request.json())) {
      Map<String, Object> swap = new LinkedHashMap<>(FakeJson.object(one));
      swap.putIfAbsent("rename", false);
      swaps.add(swap);
    }
    return task(
        FakeJson.NULL,
        "indexSwap",
        FakeJson.of("swaps", swaps),
        () -> {
          for (Object swap : swaps) {
            List<Object> pair = FakeJson.array(FakeJson.member(FakeJson.object(swap), "indexes"));
            String first = pair.getFirst().toString();
            String second = pair.getLast().toString();
            FakeIndex one = found(first);
            indexes.put(first, found(second));
            indexes.put(second, one);
          }
          return Map.of();
        });
  }

  private Answer createKey(Map<String, Object> body) {
    String key = UUID.randomUUID().toString().replace("-", "").repeat(2);
    String now = Instant.now().toString();
    Map<String, Object> created =
        FakeJson.of(
            "name", body.getOrDefault("name", FakeJson.NULL),
            "description", body.getOrDefault("description", FakeJson.NULL),
            "key", key,
            "uid", UUID.randomUUID().toString(),
            "actions", body.getOrDefault("actions", List.of()),
            "indexes", body.getOrDefault("indexes", List.of()),
            "expiresAt", body.getOrDefault("expiresAt", FakeJson.NULL),
            "createdAt", now,
            "updatedAt", now);
    keys.put(key, created);
    return new Answer(201, created);
  }
}
