package dev.nanoctl.server.main;

import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.cache.AnswerCache;

/** Tells the cache what other processes changed. */
record CacheNews(AnswerCache cache) implements Broadcast.Reader {
  @Override
  public void heard(String news) {
    cache.changed(news);
  }

  @Override
  public void missed() {
    cache.changedAll();
  }

  @Override
  public void deaf() {
    cache.suspend();
  }

  @Override
  public void hearing() {
    cache.resume();
  }
}
