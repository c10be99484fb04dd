package dev.nanoctl.server.audit;

import dev.nanoctl.core.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sealed entry. Its hash covers the hash of the entry before it and every field but the hash
 * itself; {@code docs/formats/audit-log.md} describes the bytes.
 *
 * @param seq from 1, without gaps
 * @param at when it happened, to the microsecond
 * @param actor who did it
 * @param what what was done to what, and how it ended
 * @param prevHash the hash of the entry before, 32 bytes; zeros for the first
 * @param hash 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // hashes are compared as bytes, entries never
record AuditEntry(long seq, Instant at, Actor actor, What what, byte[] prevHash, byte[] hash) {
  /** Who did it, as it was then. */
  record Actor(
      @Nullable UUID id, String role, @Nullable String ipPrefix, @Nullable String requestId) {}

  /** What was done; {@code details} is JSON text. */
  record What(String action, @Nullable String target, String result, String details) {}

  /** The hash an entry with these fields must have. */
  static byte[] hash(long seq, Instant at, Actor actor, What what, byte[] prevHash) {
    byte[] canonical =
        Json.bytes(json ->
            json.object(o ->
                o.field("seq", seq)
                    .field("at", at)
                    .field("actor_id", actor.id())
                    .field("role", actor.role())
                    .field("action", what.action())
                    .field("target", what.target())
                    .field("result", what.result())
                    .field("ip_prefix", actor.ipPrefix())
                    .field("request_id", actor.requestId())
                    .field("details", what.details())));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prevHash);
      return digest.digest(canonical);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this entry follows the one with the given number and hash, unchanged. */
  boolean follows(long number, byte[] before) {
    return seq == number + 1
        && MessageDigest.isEqual(prevHash, before)
        && MessageDigest.isEqual(hash, hash(seq, at, actor, what, prevHash));
  }
}
