package dev.nanoctl.server.main;

import java.util.ArrayList;
import java.util.List;

/** How long each part of the start took. */
final class StartTimes {
  private final long begin = System.nanoTime();
  private final List<String> marks = new ArrayList<>();
  private long last = begin;

  void mark(String part) {
    long now = System.nanoTime();
    marks.add(part + " " + (now - last) / 1_000_000 + " ms");
    last = now;
  }

  String total() {
    return (last - begin) / 1_000_000 + " ms";
  }

  @Override
  public String toString() {
    return String.join(", ", marks);
  }
}
