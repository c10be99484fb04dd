package dev.nanoctl.server.media.store;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps immutable bytes under keys. Every failure is an {@link ObjectStoreException} with a typed
 * {@link ObjectStoreProblem}; all adapters pass one conformance suite.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * What an adapter promises beyond the contract of the methods.
   *
   * @param name a name for logs, such as {@code directory} or {@code s3}
   * @param exclusivePut of two writers of one key with different bytes exactly one wins, even
   *     across processes
   * @param durableOnReturn a returned {@code put} survives a crash of this machine at once
   * @param largestObject the most bytes one object may have
   */
  record Capabilities(
      String name, boolean exclusivePut, boolean durableOnReturn, long largestObject) {}

  /**
   * Stores the bytes. The object appears whole or not at all, and only if length and digest are
   * those announced. Storing the same bytes under the same key again succeeds; other bytes are
   * {@link ObjectStoreProblem.Exists}.
   */
  StoredObject put(ObjectKey key, ObjectBody body);

  /** The whole object. */
  ObjectContent get(ObjectKey key);

  /** A part of the object. */
  ObjectContent get(ObjectKey key, ByteRange range);

  /** What is known of the object, or empty if there is none. */
  Optional<StoredObject> head(ObjectKey key);

  /** Removes the object; false if there was none. */
  boolean delete(ObjectKey key);

  /** Gives every object whose key begins with the prefix, in whatever order the store has them. */
  void list(String prefix, Consumer<StoredObject> each);

  /** What this adapter promises. */
  Capabilities capabilities();

  /** Fails unless the store answers and would take an object; cheap enough for {@code /ready}. */
  void check();

  @Override
  void close();
}
