package dev.nanoctl.server.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of one import; tells the listener of every step, one at a time. */
final class ImportRun {
  private final ImportListener listener;
  private final Map<String, String> sources = new HashMap<>();
  private final List<Rejection> rejected = new ArrayList<>();
  private int total;
  private int imported;
  private int unchanged;

  ImportRun(ImportListener listener) {
    this.listener = listener;
  }

  synchronized void expect(int items) {
    total += items;
  }

  synchronized void imported() {
    imported++;
    tell();
  }

  synchronized void unchanged() {
    unchanged++;
    tell();
  }

  synchronized void reject(Rejection rejection) {
    rejected.add(rejection);
    listener.rejected(rejection);
    tell();
  }

  private void tell() {
    listener.progress(imported + unchanged + rejected.size(), total, rejected.size());
  }

  /** Two entries that claim one source would replace each other at every import. */
  synchronized void claim(String source, String entry) throws Refused {
    String other = sources.putIfAbsent(source, entry);
    if (other != null && !other.equals(entry)) {
      throw new Refused("CONFLICT", "it has the same source as " + other + ": " + source);
    }
  }

  synchronized ImportSummary summary() {
    rejected.sort(Comparator.comparing(Rejection::entry));
    return new ImportSummary(imported, unchanged, rejected);
  }
}
