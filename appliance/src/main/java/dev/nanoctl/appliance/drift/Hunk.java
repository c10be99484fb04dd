package dev.nanoctl.appliance.drift;

import java.util.List;

/**
 * One place where a text was changed.
 *
 * @param line the first line concerned in the text before, counted from 1
 * @param removed lines that are gone
 * @param added lines that came in their place
 */
public record Hunk(int line, List<String> removed, List<String> added) {
  /** Keeps its own copies of the lines. */
  public Hunk {
    removed = List.copyOf(removed);
    added = List.copyOf(added);
  }

  /** Whether both change the same lines, or add something at the same place. */
  boolean meets(Hunk other) {
    return line <= other.line + other.removed.size() && other.line <= line + removed.size();
  }
}
