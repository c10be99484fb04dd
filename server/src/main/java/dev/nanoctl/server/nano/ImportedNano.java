package dev.nanoctl.server.nano;

import java.util.UUID;

/** What became of an imported nano. */
public record ImportedNano(UUID nanoId, String slug, Result result) {
  /** Whether something new came of it. */
  public enum Result {
    /** It was not there before. */
    CREATED,
    /** It was there with other content, and has a new version now. */
    UPDATED,
    /** It was there already, or someone here has archived, taken down or deleted it. */
    UNCHANGED
  }
}
