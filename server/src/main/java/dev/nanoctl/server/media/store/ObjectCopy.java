package dev.nanoctl.server.media.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies all objects of one store into another, for a site that moves. What is there already is
 * passed over, so that it may be repeated after an interruption, and while the site is in use.
 */
public final class ObjectCopy {
  /** Hears how it gets on. */
  public interface Listener {
    /** That many of all objects are in the other store. */
    void progress(int done, int total);
  }

  /**
   * What was done.
   *
   * @param copied how many objects were copied now
   * @param present how many were there before
   * @param bytes the size of those copied
   */
  public record Outcome(int copied, int present, long bytes) {}

  private final ObjectStore from;
  private final ObjectStore to;

  /** A copy from one store to another; both stay open. */
  public ObjectCopy(ObjectStore from, ObjectStore to) {
    this.from = from;
    this.to = to;
  }

  /** Copies; every object is whole in the other store, or not there. */
  public Outcome run(Listener listener) {
    List<StoredObject> all = new ArrayList<>();
    from.list("", all::add);
    int copied = 0;
    long bytes = 0;
    for (int i = 0; i < all.size(); i++) {
      StoredObject object = all.get(i);
      if (to.head(object.key()).isEmpty()) {
        copy(object);
        copied++;
        bytes += object.size();
      }
      listener.progress(i + 1, all.size());
    }
    return new Outcome(copied, all.size() - copied, bytes);
  }

  private void copy(StoredObject object) {
    try (ObjectContent content = from.get(object.key())) {
      to.put(object.key(), new ObjectBody(content.stream(), object.size(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
