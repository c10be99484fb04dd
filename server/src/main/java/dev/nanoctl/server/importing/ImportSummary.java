package dev.nanoctl.server.importing;

import java.util.List;

/**
 * What an import did.
 *
 * @param imported how many nanos or new versions were published
 * @param unchanged how many entries were there before, byte for byte
 * @param rejected what was not imported and why
 */
public record ImportSummary(int imported, int unchanged, List<Rejection> rejected) {
  /** Keeps its own copy of the list. */
  public ImportSummary {
    rejected = List.copyOf(rejected);
  }
}
