package dev.nanoctl.server.db;

import org.jdbi.v3.core.Handle;

/**
 * Tells every server of this site, after the commit, that something readers may have cached has
 * changed. The ones in this process know at once, others through the database a moment later.
 */
public final class Changes {
  /** The channel all servers listen on. */
  static final String CHANNEL = "nanoctl";

  /** How a change is told apart from other news on the channel. */
  static final String PREFIX = "c:";

  /** Hears of changes. */
  @FunctionalInterface
  public interface Listener {
    /** This topic, such as {@code nanos} or {@code nano:ID}, has changed. */
    void changed(String topic);
  }

  private final Listener local;
  private final String sender;

  private Changes(Listener local, String sender) {
    this.local = local;
    this.sender = sender;
  }

  /** Changes that are told to this process's caches directly. */
  public static Changes local(Listener listener, News news) {
    return new Changes(listener, news.self());
  }

  /** Changes that only other processes need to hear of: for tools beside the server. */
  public static Changes remote() {
    return new Changes(_ -> {}, "tool");
  }

  /** Announces topics once the transaction is committed; says nothing when it is rolled back. */
  public void touch(Handle tx, String... topics) {
    for (String topic : topics) {
      tx.createQuery("SELECT pg_notify(:channel, :news)::text")
          .bind("channel", CHANNEL)
          .bind("news", PREFIX + sender + " " + topic)
          .mapTo(String.class)
          .findOne();
      tx.afterCommit(() -> local.changed(topic));
    }
  }
}
