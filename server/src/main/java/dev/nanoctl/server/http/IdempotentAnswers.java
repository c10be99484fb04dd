package dev.nanoctl.server.http;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives the stored answer when a signed-in caller repeats a POST with the same {@code
 * Idempotency-Key} within a day.
 */
final class IdempotentAnswers implements EdgeParts.Idempotency {
  /** How long an answer is kept. */
  static final Duration LIFE = Duration.ofHours(24);

  /** After this time a try that never ended is taken for dead: its server was. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final Envelope envelope;
  private final IdempotencyStore store = new IdempotencyStore();

  IdempotentAnswers(Jdbi jdbi, InstantSource clock, Envelope envelope) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.envelope = envelope;
  }

  @Override
  public Answer answer(Endpoint endpoint, Call call, Exchange exchange) throws Exception {
    Principal principal = exchange.principal;
    Optional<String> key = call.header("Idempotency-Key");
    if (key.isEmpty()
        || principal == null
        || !endpoint.method().equals("POST")
        || endpoint.keepsSecrets()
        || endpoint.input() instanceof Endpoint.Input.Bytes) {
      return endpoint.handler().answer(call);
    }
    IdempotencyStore.Key id = new IdempotencyStore.Key(principal.id(), readable(key.get()));
    byte[] request = fingerprint(endpoint, call, exchange);
    Optional<Answer> before = jdbi.inTransaction(tx -> begin(tx, id, request));
    if (before.isPresent()) {
      return before.get();
    }
    return first(id, endpoint, call);
  }

  private Answer first(IdempotencyStore.Key id, Endpoint endpoint, Call call) throws Exception {
    boolean kept = false;
    try {
      Answer answer = endpoint.handler().answer(call);
      if (answer.content() instanceof Answer.Content.Data data) {
        keep(id, answer, envelope.success(data));
        kept = true;
      } else if (answer.content() instanceof Answer.Content.None) {
        keep(id, answer, new byte[0]);
        kept = true;
      }
      return answer;
    } finally {
      if (!kept) {
        // it failed, and may be tried again
        jdbi.useHandle(tx -> store.forget(tx, id));
      }
    }
  }

  private void keep(IdempotencyStore.Key id, Answer answer, byte[] body) {
    String etag = answer.etag();
    String headers =
        Json.text(json ->
            json.object(o -> {
              answer.headers().forEach(h -> o.field(h.getKey(), h.getValue()));
              if (etag != null) {
                o.field("ETag", etag);
              }
            }));
    jdbi.useHandle(tx ->
        store.finish(
            tx, id, new IdempotencyStore.Kept(answer.status(), headers, body), clock.instant()));
  }

  private Optional<Answer> begin(Handle tx, IdempotencyStore.Key id, byte[] request) {
    Instant now = clock.instant();
    store.forgetOld(tx, id, now.minus(LIFE), now.minus(PATIENCE));
    if (store.begin(tx, id, request, now)) {
      return Optional.empty();
    }
    IdempotencyStore.Known known = store.find(tx, id);
    if (!MessageDigest.isEqual(known.request(), request)) {
      throw ApiException.invalid(
          "Idempotency-Key",
          "reused",
          "Dieser Schlüssel gehört zu einer anderen Anfrage.",
          "This key belongs to a different request.");
    }
    IdempotencyStore.Kept kept =
        known
            .kept()
            .orElseThrow(() ->
                new ApiException(
                        ApiError.CONFLICT,
                        "Dieselbe Anfrage wird gerade bearbeitet.",
                        "The same request is being worked on.")
                    .retryAfter(Duration.ofSeconds(1)));
    return Optional.of(replay(kept));
  }

  private static Answer replay(IdempotencyStore.Kept kept) {
    Answer answer =
        kept.body().length == 0
            ? Answer.empty(kept.status())
            : Answer.bytes(kept.status(), Sender.JSON, kept.body());
    Json.parseObject(kept.headers())
        .members()
        .forEach((name, value) -> {
          if (value instanceof JsonValue.Text(String text)) {
            answer.header(name, text);
          }
        });
    return answer.header("Idempotency-Replayed", "true");
  }

  private static byte[] fingerprint(Endpoint endpoint, Call call, Exchange exchange) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(
          (exchange.path + "?" + exchange.rawQuery() + "\n").getBytes(StandardCharsets.UTF_8));
      if (endpoint.input() instanceof Endpoint.Input.Json) {
        hash.update(Json.bytes(json -> json.value(call.body().json())));
      }
      return hash.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String readable(String key) {
    String bare = key.strip();
    if (bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    if (bare.isEmpty() || bare.length() > 255 || !bare.chars().allMatch(c -> c > 32 && c < 127)) {
      throw ApiException.bad(
          new FieldError(
              "Idempotency-Key",
              "invalid_format",
              "Der Schlüssel muss 1 bis 255 sichtbare ASCII-Zeichen haben.",
              "The key must have 1 to 255 visible ASCII characters."));
    }
    return bare;
  }
}
