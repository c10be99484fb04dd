package dev.nanoctl.server.main;

import dev.nanoctl.server.broadcast.Broadcast;
import dev.nanoctl.server.cache.EntryAnswers;

/** Tells the entry what other processes changed. */
record EntryNews(EntryAnswers entry) implements Broadcast.Reader {
  @Override
  public void heard(String news) {
    if (!news.equals("outbox")) {
      entry.changed();
    }
  }

  @Override
  public void missed() {
    entry.changed();
  }
}
