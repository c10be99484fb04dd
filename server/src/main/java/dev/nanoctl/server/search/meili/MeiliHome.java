package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonWriter;
import dev.nanoctl.server.search.text.GermanText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes of a site on the server. Their names hold the versions of the schema and of the
 * analysis, so a newer program begins an index of its own and an older one beside it goes on with
 * what it understands.
 */
final class MeiliHome {
  private static final Logger LOG = LoggerFactory.getLogger(MeiliHome.class);
  private static final Duration SETTING_UP = Duration.ofSeconds(30);
  private static final Duration OUTLIVED = Duration.ofDays(7);
  private static final int PAGE = 2_000;
  private static final String CHANGES =
      "/batches?limit=1&statuses=succeeded"
          + "&types=documentAdditionOrUpdate,documentDeletion,indexSwap,indexDeletion";

  private final MeiliHttp http;
  private final MeiliTasks tasks;
  private final String prefix;
  private final String current;
  private final String next;

  MeiliHome(MeiliHttp http, MeiliTasks tasks, String prefix) {
    this.http = http;
    this.tasks = tasks;
    this.prefix = prefix + "_v";
    this.current = this.prefix + MeiliFields.SCHEMA + "_" + GermanText.VERSION;
    this.next = current + "_next";
  }

  /** The index that searches read. */
  String current() {
    return current;
  }

  /** The index that a rebuild writes. */
  String next() {
    return next;
  }

  /** Creates the index if it is not there, and gives it its settings if it has none. */
  void prepare() {
    if (http.get("/indexes/" + current).isMissing()) {
      LOG.info("there is no search index {} yet; it is begun", current);
      create(current);
    } else {
      boolean bare =
          http.get("/indexes/" + current + "/settings")
              .body()
              .array("filterableAttributes")
              .map(JsonArray::size)
              .orElse(0)
              .equals(0);
      if (bare) {
        require(patchSettings(current));
      }
    }
  }

  /** Begins an empty index. One that another process has just begun will do. */
  void create(String index) {
    String body =
        Json.text(json ->
            json.object(one -> {
              one.field("uid", index);
              one.field("primaryKey", MeiliFields.ID);
            }));
    int created = http.post("/indexes", body).task();
    int set = patchSettings(index);
    tasks
        .await(created, SETTING_UP)
        .filter(failure -> !failure.code().equals("index_already_exists"))
        .ifPresent(failure -> {
          throw failed(failure);
        });
    require(set);
  }

  private int patchSettings(String index) {
    return http.patch("/indexes/" + index + "/settings", settings()).task();
  }

  private void require(int task) {
    tasks
        .await(task, SETTING_UP)
        .ifPresent(failure -> {
          throw failed(failure);
        });
  }

  static ProblemException failed(MeiliTasks.Failure failure) {
    return new Problem.Unavailable(
            "NC-SEARCH-TASK-FAILED",
            "the search engine failed in task "
                + failure.task()
                + ": "
                + failure.code()
                + ": "
                + failure.message(),
            "look at its disk and memory, then: nanoctl search reindex")
        .raise();
  }

  private static String settings() {
    try (InputStream in = MeiliHome.class.getResourceAsStream("settings.json")) {
      if (in == null) {
        throw new IllegalStateException("settings.json is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the index tells about itself; empty until it was written as a whole. */
  Optional<JsonObject> state() {
    MeiliHttp.Answer answer = http.get("/indexes/" + current + "/documents/" + MeiliFields.STATE);
    if (!answer.isMissing()) {
      return Optional.of(answer.body());
    }
    if (!answer.code().equals("document_not_found")) {
      throw new MeiliRound.IndexMissingException();
    }
    return Optional.empty();
  }

  /** When something was changed for the last time, in microseconds; 0 if nothing ever was. */
  long changedAt() {
    return http.get(CHANGES)
        .body()
        .array("results")
        .orElseThrow()
        .objects()
        .findFirst()
        .flatMap(batch -> batch.text("finishedAt"))
        .map(Instant::parse)
        .map(time -> time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000)
        .orElse(0L);
  }

  /** Hands the id and one other field of every entry of the current index to someone. */
  void each(String field, BiConsumer<String, JsonObject> listener) {
    int offset = 0;
    int found = PAGE;
    while (found == PAGE) {
      int from = offset;
      MeiliHttp.Answer page =
          http.query(
              "/indexes/" + current + "/documents/fetch",
              json ->
                  json.object(one -> {
                    one.field("offset", from);
                    one.field("limit", PAGE);
                    one.texts("fields", List.of(MeiliFields.ID, field));
                  }));
      if (page.isMissing()) {
        throw new MeiliRound.IndexMissingException();
      }
      List<JsonObject> documents = page.body().array("results").orElseThrow().objects().toList();
      for (JsonObject document : documents) {
        String id = document.text(MeiliFields.ID).orElseThrow();
        if (!id.equals(MeiliFields.STATE)) {
          listener.accept(id, document);
        }
      }
      found = documents.size();
      offset += found;
    }
  }

  /** Every entry's stamp, which another write changes. */
  Map<String, String> stamps() {
    Map<String, String> stamps = new HashMap<>();
    each(
        MeiliFields.STAMP,
        (id, document) -> stamps.put(id, document.text(MeiliFields.STAMP).orElse("")));
    return stamps;
  }

  /** Whole entries of the current index. */
  List<JsonObject> documents(List<String> ids) {
    return http.query(
            "/indexes/" + current + "/documents/fetch",
            json ->
                json.object(one -> {
                  one.texts("ids", ids);
                  one.field("limit", ids.size());
                }))
        .body()
        .array("results")
        .orElseThrow()
        .objects()
        .toList();
  }

  /** Puts the other index in the place of the current one, and waits for it. */
  void swap() {
    String body = Json.text(json -> json.array(list -> list.object(this::pair)));
    require(http.post("/swap-indexes", body).task());
    http.delete("/indexes/" + next);
  }

  private void pair(JsonWriter one) {
    one.texts("indexes", List.of(current, next));
  }

  /** Deletes indexes of other versions that nothing was written to for a week. */
  void sweep(Instant now) {
    List<String> outlived = new ArrayList<>();
    http.get("/indexes?limit=1000")
        .body()
        .array("results")
        .orElseThrow()
        .objects()
        .forEach(index -> {
          String uid = index.text("uid").orElse("");
          Instant updated = index.text("updatedAt").map(Instant::parse).orElse(now);
          if (uid.startsWith(prefix)
              && !uid.startsWith(current)
              && updated.isBefore(now.minus(OUTLIVED))) {
            outlived.add(uid);
          }
        });
    outlived.forEach(uid -> {
      LOG.info("the search index {} of another version is not used any more; deleted", uid);
      http.delete("/indexes/" + uid);
    });
  }
}
