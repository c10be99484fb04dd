package dev.nanoctl.server.media;

import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.media.pack.PackageLimits;
import dev.nanoctl.server.media.store.ObjectBody;
import dev.nanoctl.server.media.store.ObjectContent;
import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Resumable uploads. A chunk is an object before its bytes are acknowledged, so that neither a
 * crash nor another server loses what a client was told is here.
 */
final class Uploads {
  static final Duration LIFE = Duration.ofHours(24);
  static final long LARGEST = PackageLimits.STANDARD.packed();

  /** The most that a crash can take of a body that is still on its way. */
  private static final long CHUNK = 8L << 20;

  /** What one account may keep waiting. */
  private static final long ALLOWANCE = 20 * LARGEST;

  /** An upload that became a version is kept a little, in case its job is run again. */
  private static final Duration AFTERLIFE = Duration.ofHours(1);

  private final Jdbi jdbi;
  private final ObjectStore objects;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final UploadStore store = new UploadStore();

  Uploads(Jdbi jdbi, ObjectStore objects, InstantSource clock, Supplier<UUID> ids) {
    this.jdbi = jdbi;
    this.objects = objects;
    this.clock = clock;
    this.ids = ids;
  }

  Upload create(UUID owner, String filename, long length, @Nullable Sha256 sha256) {
    if (length > LARGEST) {
      throw tooLarge();
    }
    Instant now = clock.instant();
    Upload upload = new Upload(ids.get(), filename, length, 0, sha256, now.plus(LIFE));
    jdbi.useTransaction(tx -> {
      if (store.announced(tx, owner, now) + length > ALLOWANCE) {
        throw new ApiException(
                ApiError.RATE_LIMITED,
                "Zu viele offene Uploads. Nach 24 Stunden verfallen sie.",
                "Too many open uploads. They expire after 24 hours.")
            .retryAfter(AFTERLIFE);
      }
      store.insert(tx, upload, owner, now);
    });
    return upload;
  }

  /** The upload; NOT_FOUND if it is somebody else's, GONE if it expired. */
  Upload find(UUID owner, UUID id) {
    Upload upload =
        jdbi.withHandle(tx -> store.find(tx, id, owner))
            .orElseThrow(() ->
                new ApiException(
                    ApiError.NOT_FOUND,
                    "Diesen Upload gibt es nicht.",
                    "There is no such upload."));
    if (!clock.instant().isBefore(upload.expiresAt())) {
      throw new ApiException(
          ApiError.GONE,
          "Dieser Upload ist abgelaufen. Bitte beginne neu.",
          "This upload has expired. Please start again.");
    }
    return upload;
  }

  /** The upload with all its bytes; CONFLICT while some are missing. */
  Upload complete(UUID owner, UUID id) {
    Upload upload = find(owner, id);
    if (!upload.isComplete()) {
      throw new ApiException(
          ApiError.CONFLICT,
          "Es fehlen noch %d Bytes.".formatted(upload.length() - upload.received()),
          "%d bytes are still missing.".formatted(upload.length() - upload.received()));
    }
    return upload;
  }

  /**
   * Appends a body that begins at {@code offset}, and answers where the upload stands. What arrived
   * before an error is kept.
   */
  long append(UUID owner, UUID id, long offset, InputStream body, long announced) {
    Upload upload = find(owner, id);
    if (offset != upload.received()) {
      throw elsewhere(upload.received());
    }
    if (announced > upload.length() - offset) {
      throw tooLarge();
    }
    PushbackInputStream in = new PushbackInputStream(body, 1);
    long at = offset;
    while (at < upload.length() && hasMore(in)) {
      at += appendChunk(owner, upload, at, in);
    }
    if (at == upload.length() && hasMore(in)) {
      throw tooLarge();
    }
    return at;
  }

  private static boolean hasMore(PushbackInputStream in) {
    try {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      in.unread(next);
      return true;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private long appendChunk(UUID owner, Upload upload, long at, InputStream in) {
    ObjectKey key = new ObjectKey("uploads/" + upload.id() + "/" + at + "-" + UUID.randomUUID());
    ChunkStream chunk = new ChunkStream(in, Math.min(CHUNK, upload.length() - at));
    objects.put(key, ObjectBody.of(chunk));
    boolean taken =
        jdbi.inTransaction(tx -> store.advance(tx, upload.id(), at, chunk.given(), key));
    if (!taken) {
      objects.delete(key);
      throw elsewhere(find(owner, upload.id()).received());
    }
    if (chunk.broken() != null) {
      throw lost(chunk.broken());
    }
    return chunk.given();
  }

  private static ApiException elsewhere(long received) {
    return new ApiException(
            ApiError.CONFLICT,
            "Der Upload steht bei Byte %d.".formatted(received),
            "The upload stands at byte %d.".formatted(received))
        .details(json -> json.object(o -> o.field("offset", received)));
  }

  private static ApiException tooLarge() {
    return new ApiException(
        ApiError.PAYLOAD_TOO_LARGE,
        "Mehr Bytes als angekündigt oder als die erlaubten 100 MB.",
        "More bytes than announced or than the 100 MB allowed.");
  }

  private static ApiException lost(Exception cause) {
    if (cause instanceof ApiException told) {
      return told;
    }
    ApiException lost =
        new ApiException(
            ApiError.BAD_REQUEST,
            "Die Übertragung ist abgebrochen. Bitte setze sie fort.",
            "The transfer broke off. Please resume it.");
    lost.addSuppressed(cause);
    return lost;
  }

  /** Writes all chunks into one file. */
  void assemble(Upload upload, Path file) throws IOException {
    List<ObjectKey> chunks = jdbi.withHandle(tx -> store.chunks(tx, upload.id()));
    try (OutputStream out = Files.newOutputStream(file)) {
      for (ObjectKey key : chunks) {
        try (ObjectContent chunk = objects.get(key)) {
          chunk.stream().transferTo(out);
        }
      }
    }
  }

  /** Lets the upload go soon: it became a version. */
  void used(UUID id) {
    Instant soon = clock.instant().plus(AFTERLIFE);
    jdbi.useTransaction(tx -> store.expireAt(tx, id, soon));
  }

  /** Removes uploads that expired and all their chunks; answers how many. */
  int removeExpired() {
    List<UUID> expired = jdbi.withHandle(tx -> store.expired(tx, clock.instant()));
    for (UUID id : expired) {
      // by prefix: chunks that were written but never acknowledged have no row
      objects.list("uploads/" + id + "/", chunk -> objects.delete(chunk.key()));
      jdbi.useTransaction(tx -> store.delete(tx, id));
    }
    return expired.size();
  }
}
