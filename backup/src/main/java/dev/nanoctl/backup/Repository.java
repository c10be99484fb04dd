package dev.nanoctl.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where encrypted packs, write-ahead log and manifests are kept: a directory or a bucket. Contents
 * arrive encrypted; an implementation needs no key and sees no plain text.
 */
public interface Repository {
  /** What a write came to. */
  enum Stored {
    /** The key is new. */
    NEW,
    /** The key was there with the same content. */
    SAME
  }

  /**
   * Stores bytes under a new key; they are durable when the call returns. Safe to repeat.
   *
   * @throws IOException also when the key exists with other content, which is never overwritten
   */
  Stored put(String key, ByteBuffer content) throws IOException;

  /** The whole content; empty when there is no such key. */
  Optional<InputStream> get(String key) throws IOException;

  /** A part of the content, for reading single frames of a pack. */
  Optional<InputStream> get(String key, long offset, int length) throws IOException;

  /** The keys below a prefix, as far as the store tells: a hint, never a proof of absence. */
  Stream<String> list(String prefix) throws IOException;

  /** Removes a key; one that is gone is no error. Only garbage collection calls this. */
  void delete(String key) throws IOException;

  /** What the store turned out to be able to do when it was added. */
  Capabilities capabilities();

  /**
   * What differs between stores.
   *
   * @param conditionalPut whether writing can be made to fail when the key exists
   * @param versions whether deleting only hides, so that versions have to be deleted
   * @param objectLock whether keys can be protected against deletion for a time
   */
  record Capabilities(boolean conditionalPut, boolean versions, boolean objectLock) {}
}
