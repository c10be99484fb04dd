package dev.nanoctl.server.broadcast;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Tells every server of this site, after the commit, that something readers may have cached has
 * changed. The ones in this process know at once, others through the broadcast a moment later.
 */
public final class Changes {
  /** Hears of changes. */
  @FunctionalInterface
  public interface Listener {
    /** This topic, such as {@code nanos} or {@code nano:ID}, has changed. */
    void changed(String topic);
  }

  private final Listener local;
  private final Broadcast broadcast;

  /** Changes that are told to this process's caches directly, and to others by the broadcast. */
  public Changes(Listener local, Broadcast broadcast) {
    this.local = local;
    this.broadcast = broadcast;
  }

  /** Changes that only other processes need to hear of: for tools beside the server. */
  public static Changes remote(Broadcast broadcast) {
    return new Changes(_ -> {}, broadcast);
  }

  /** Announces topics once the transaction is committed; says nothing when it is rolled back. */
  public void touch(Handle tx, String... topics) {
    touch(tx, List.of(topics));
  }

  /** Announces topics once the transaction is committed; says nothing when it is rolled back. */
  public void touch(Handle tx, List<String> topics) {
    broadcast.announce(tx, topics, () -> topics.forEach(local::changed));
  }
}
