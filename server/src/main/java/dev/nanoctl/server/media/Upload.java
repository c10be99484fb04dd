package dev.nanoctl.server.media;

import dev.nanoctl.server.media.store.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in.
 *
 * @param id names it
 * @param filename what it was called where it came from
 * @param length how many bytes it will have
 * @param received how many of them are safely here
 * @param sha256 what it will digest to, or null if its owner did not say
 * @param expiresAt when it is forgotten
 */
record Upload(
    UUID id,
    String filename,
    long length,
    long received,
    @Nullable Sha256 sha256,
    Instant expiresAt) {
  boolean isComplete() {
    return received == length;
  }
}
