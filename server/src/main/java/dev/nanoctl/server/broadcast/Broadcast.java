package dev.nanoctl.server.broadcast;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Tells the servers of a site what one of them, or a tool beside them, has committed.
 *
 * <p>Whatever is announced in a transaction is told if it is committed, at least once, even when
 * the process dies right after the commit; nothing is told of one that is rolled back.
 */
public interface Broadcast extends AutoCloseable {
  /** Hears of news; must not mind hearing the same twice. */
  interface Reader {
    /** Another process announced this: a changed topic, or {@code outbox}. */
    void heard(String news);

    /** Anything may have been missed. */
    void missed();

    /** The line is down: from now on nothing is heard, until {@link #hearing()}. */
    default void deaf() {}

    /** The line is up, and all that was announced meanwhile was heard or is {@link #missed()}. */
    default void hearing() {}
  }

  /**
   * Announces topics once the transaction is committed.
   *
   * @param committed what this process itself does about it: called once, after the commit and
   *     before the caller goes on
   */
  void announce(Handle tx, List<String> topics, Runnable committed);

  /** Adds a reader; to be called before {@link #start()}. */
  void subscribe(Reader reader);

  /** Begins to listen; returns soon, whether the line is up or not. */
  void start();

  /** Whether the line is up. */
  boolean hears();

  @Override
  void close();
}
