package dev.nanoctl.server.main;

import dev.nanoctl.server.cache.AnswerCache;
import dev.nanoctl.server.db.News;

/** Tells the cache what other processes changed. */
record CacheNews(AnswerCache cache) implements News.Reader {
  @Override
  public void heard(String news) {
    cache.changed(news);
  }

  @Override
  public void missed() {
    cache.changedAll();
  }
}
