package dev.nanoctl.server.outbox;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Side effects that must follow a commit: added in the transaction, delivered to the subscribers of
 * their topic within a second after it, at least once, in order for each key.
 */
public final class Outbox {
  /**
   * One entry.
   *
   * @param id grows with time
   * @param topic such as {@code nano.published}
   * @param key entries with the same key are delivered in order
   * @param payload what the subscriber needs to know
   */
  public record Entry(long id, String topic, String key, JsonObject payload) {}

  /** Acts on entries; must not mind seeing one twice. */
  @FunctionalInterface
  public interface Subscriber {
    /**
     * Handles entries of one topic, in order. When it throws, all of them are delivered again, one
     * by one.
     */
    void deliver(List<Entry> entries) throws Exception;
  }

  private static final String INSERT =
      """
      INSERT INTO outbox (topic, key, payload, created_at, due_at)
      VALUES (:topic, :key, :payload, :now, :now)
      """;

  private final InstantSource clock;
  private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();

  /** An outbox that stamps entries by the given clock. */
  public Outbox(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds an entry to the transaction. */
  public void add(Handle tx, String topic, String key, JsonObject payload) {
    tx.createUpdate(INSERT)
        .bind("topic", topic)
        .bind("key", key)
        .bind("payload", Json.text(payload))
        .bind("now", clock.instant())
        .execute();
  }

  /** Adds many entries of one topic to the transaction, by key. */
  public void addAll(Handle tx, String topic, Map<String, JsonObject> payloads) {
    if (payloads.isEmpty()) {
      return;
    }
    PreparedBatch batch = tx.prepareBatch(INSERT);
    payloads.forEach((key, payload) ->
        batch
            .bind("topic", topic)
            .bind("key", key)
            .bind("payload", Json.text(payload))
            .bind("now", clock.instant())
            .add());
    batch.execute();
  }

  /** Delivers entries of a topic to one more subscriber; to be called before the server starts. */
  public void subscribe(String topic, Subscriber subscriber) {
    subscribers.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(subscriber);
  }

  List<Subscriber> subscribers(String topic) {
    return subscribers.getOrDefault(topic, List.of());
  }
}
