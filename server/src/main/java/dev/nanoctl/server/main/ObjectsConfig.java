package dev.nanoctl.server.main;

import dev.nanoctl.core.Problem;
import dev.nanoctl.server.media.WorkFolder;
import dev.nanoctl.server.media.store.DirectoryObjectStore;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.media.store.S3ObjectStore;
import dev.nanoctl.server.media.store.S3Settings;
import java.nio.file.Path;

/** Where packages and pictures are kept. */
public sealed interface ObjectsConfig {
  /**
   * In a folder of this machine.
   *
   * @param folder what is unfinished lies in it, too
   */
  record Directory(Path folder) implements ObjectsConfig {
    @Override
    public ObjectStore open() {
      return opened(DirectoryObjectStore::open, folder);
    }
  }

  /**
   * In a bucket.
   *
   * @param folder where unfinished work of this machine lies
   */
  record Bucket(S3Settings settings, Path folder) implements ObjectsConfig {
    @Override
    public ObjectStore open() {
      return opened(S3ObjectStore::open, settings);
    }
  }

  /** A folder of this machine for what is unfinished. */
  Path folder();

  /** Opens the store; a problem says why it cannot be used. */
  ObjectStore open();

  /** Where unfinished work lies. */
  default WorkFolder work() {
    return WorkFolder.open(folder().resolve("work"));
  }

  private static <T> ObjectStore opened(
      java.util.function.Function<T, ? extends ObjectStore> opening, T argument) {
    try {
      return opening.apply(argument);
    } catch (ObjectStoreException e) {
      throw new Problem.Unavailable(
              "NC-OBJECTS-UNAVAILABLE", e.problem().message(), "nanoctl doctor says more")
          .raise(e);
    }
  }
}
