package dev.nanoctl.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where encrypted packs, write-ahead log and manifests are kept: a directory or a bucket. Contents
 * arrive encrypted; an implementation needs no key and sees no plain text. Safe for several threads
 * at once. Failures are {@link RepositoryException}s; what may help to repeat has been repeated.
 */
public interface Repository extends AutoCloseable {
  /** What a write came to. */
  enum Stored {
    /** The key is new. */
    NEW,
    /** The key was there with the same content. */
    SAME
  }

  /**
   * One line of a listing.
   *
   * @param size in bytes
   * @param stored when it was stored by the store's own clock, good for no more than an estimate
   */
  record Listed(String key, long size, Instant stored) {}

  /**
   * Stores the remaining bytes under a new key; they are durable when the call returns. The buffer
   * is left as it was. Safe to repeat.
   *
   * @throws RepositoryException of kind {@code TAKEN} when the key exists with other content, which
   *     is never overwritten
   */
  Stored put(String key, ByteBuffer content) throws IOException;

  /**
   * The whole content; empty when there is no such key.
   *
   * @param limit the most bytes to accept; more is {@code DAMAGED}
   */
  Optional<byte[]> get(String key, int limit) throws IOException;

  /**
   * A part of the content: exactly so many bytes, else {@code DAMAGED}; {@code MISSING} when there
   * is no such key.
   */
  byte[] get(String key, long offset, int length) throws IOException;

  /** The keys below a prefix, as far as the store tells: a hint, never a proof of absence. */
  void list(String prefix, Consumer<Listed> each) throws IOException;

  /**
   * Removes a key with all its versions; one that is gone is no error. Only garbage collection
   * calls this.
   */
  void delete(String key) throws IOException;

  /** What the store turned out to be able to do when it was opened. */
  Capabilities capabilities();

  @Override
  void close() throws IOException;

  /**
   * What differs between stores.
   *
   * @param conditionalPut whether the store itself keeps a key from being written twice
   * @param versions whether deleting only hides, so that versions have to be deleted
   * @param objectLock whether new keys are protected against deletion for a time
   */
  record Capabilities(boolean conditionalPut, boolean versions, boolean objectLock) {}
}
