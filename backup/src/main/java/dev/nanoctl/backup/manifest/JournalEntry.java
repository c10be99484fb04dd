package dev.nanoctl.backup.manifest;

import dev.nanoctl.backup.RepositoryProblem;
import dev.nanoctl.backup.crypto.Signer;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import dev.nanoctl.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of the journal: a JSON object on a line, and its signature in hexadecimal digits on the
 * next.
 *
 * @param repository whose journal it is
 * @param number from 0, without a gap
 * @param previous SHA-256 of the entry before as it is stored; of the first, 64 zeros
 * @param at when it was written, by its writer's clock
 */
public record JournalEntry(
    UUID repository, long number, String previous, Instant at, JournalEvent event) {
  /** What the first entry has instead of a digest. */
  public static final String NOTHING = "0".repeat(64);

  static final int LARGEST = 16 * 1024 * 1024;
  private static final int SIGNATURE = 2 * Signer.LENGTH;

  /** Where the entry of that number is. */
  static String key(long number) {
    return "journal/%012d".formatted(number);
  }

  byte[] encode(Signer signer) {
    byte[] body = Json.bytes(json -> json.object(this::write));
    byte[] entry = Arrays.copyOf(body, body.length + SIGNATURE + 2);
    entry[body.length] = '\n';
    byte[] signature =
        HexFormat.of().formatHex(signer.sign(body)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(signature, 0, entry, body.length + 1, SIGNATURE);
    entry[entry.length - 1] = '\n';
    return entry;
  }

  private void write(JsonWriter o) {
    o.field("format", 1)
        .field("repository", repository)
        .field("number", number)
        .field("previous", previous)
        .field("at", at);
    switch (event) {
      case JournalEvent.Created(String publicKey) ->
          o.field("kind", "created").field("publicKey", publicKey);
      case JournalEvent.Published(UUID backup, String sha256, int size) ->
          o.field("kind", "published")
              .field("backup", backup)
              .field("sha256", sha256)
              .field("size", size);
      case JournalEvent.Drilled(UUID backup) -> o.field("kind", "drilled").field("backup", backup);
      case JournalEvent.Failed(UUID backup) -> o.field("kind", "failed").field("backup", backup);
      case JournalEvent.Expired(var backups) ->
          o.field("kind", "expired")
              .texts("backups", backups.stream().map(UUID::toString).toList());
      case JournalEvent.Condemned(var keys) -> o.field("kind", "condemned").texts("keys", keys);
      case JournalEvent.Replaced(var keys) -> o.field("kind", "replaced").texts("keys", keys);
      case JournalEvent.Swept(var keys) -> o.field("kind", "swept").texts("keys", keys);
    }
  }

  /** Reads an entry whose signature fits; damage if it is none. */
  static JournalEntry decode(String key, byte[] entry, byte[] publicKey) {
    int body = entry.length - SIGNATURE - 2;
    if (body < 2 || entry[body] != '\n' || entry[entry.length - 1] != '\n') {
      throw RepositoryProblem.damaged(key, "is no entry of a journal");
    }
    try {
      byte[] signature =
          HexFormat.of()
              .parseHex(new String(entry, body + 1, SIGNATURE, StandardCharsets.US_ASCII));
      byte[] text = Arrays.copyOf(entry, body);
      boolean canonical =
          HexFormat.of()
              .formatHex(signature)
              .equals(new String(entry, body + 1, SIGNATURE, StandardCharsets.US_ASCII));
      if (!canonical || !Signer.verifies(publicKey, text, signature)) {
        throw RepositoryProblem.damaged(key, "has a signature that does not fit");
      }
      return read(Json.parseObject(text));
    } catch (IllegalArgumentException
        | JsonSyntaxException
        | JsonTypeException
        | DateTimeException e) {
      throw RepositoryProblem.damaged(key, "cannot be read", e);
    }
  }

  private static JournalEntry read(JsonObject json) {
    if (json.integer("format").orElse(0) != 1) {
      throw new IllegalArgumentException("an entry of another format");
    }
    return new JournalEntry(
        UUID.fromString(text(json, "repository")),
        json.integer("number").orElse(-1),
        text(json, "previous"),
        Instant.parse(text(json, "at")),
        event(json));
  }

  private static JournalEvent event(JsonObject json) {
    return switch (text(json, "kind")) {
      case "created" -> new JournalEvent.Created(text(json, "publicKey"));
      case "published" ->
          new JournalEvent.Published(
              backup(json), text(json, "sha256"), (int) json.integer("size").orElseThrow());
      case "drilled" -> new JournalEvent.Drilled(backup(json));
      case "failed" -> new JournalEvent.Failed(backup(json));
      case "expired" ->
          new JournalEvent.Expired(
              array(json, "backups").texts().stream().map(UUID::fromString).toList());
      case "condemned" -> new JournalEvent.Condemned(array(json, "keys").texts());
      case "replaced" -> new JournalEvent.Replaced(array(json, "keys").texts());
      case "swept" -> new JournalEvent.Swept(array(json, "keys").texts());
      default -> throw new IllegalArgumentException("an entry of an unknown kind");
    };
  }

  private static UUID backup(JsonObject json) {
    return UUID.fromString(text(json, "backup"));
  }

  private static JsonArray array(JsonObject json, String name) {
    return required(json.array(name), name);
  }

  private static String text(JsonObject json, String name) {
    return required(json.text(name), name);
  }

  private static <T> T required(Optional<T> value, String name) {
    return value.orElseThrow(() -> new IllegalArgumentException("an entry without " + name));
  }
}
