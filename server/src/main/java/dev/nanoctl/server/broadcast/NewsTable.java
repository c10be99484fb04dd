package dev.nanoctl.server.broadcast;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** For tools beside servers that talk through Redis: the servers pass on what is announced. */
public final class NewsTable implements Broadcast {
  private final NewsStore store = new NewsStore();

  @Override
  public void announce(Handle tx, List<String> topics, Runnable committed) {
    store.insert(tx, NewsStore.TOOL, topics);
    tx.afterCommit(committed);
  }

  @Override
  public void subscribe(Reader reader) {
    throw new UnsupportedOperationException("a tool does not listen");
  }

  @Override
  public void start() {
    // nothing is heard
  }

  @Override
  public boolean hears() {
    return false;
  }

  @Override
  public void close() {
    // nothing is open
  }
}
