package dev.nanoctl.server.nano;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under which terms a nano is offered.
 *
 * @param licence an SPDX id or {@code proprietary}; a draft may lack it
 * @param licenceTerms the terms of a proprietary licence, at most 2,000 characters
 * @param attribution whom to name, at most 500 characters
 * @param exchange one of {@link #EXCHANGES}
 * @param visibility one of {@link #VISIBILITIES}
 * @param origin where it comes from and that its creator may offer it
 */
public record Rights(
    @Nullable String licence,
    @Nullable String licenceTerms,
    @Nullable String attribution,
    String exchange,
    String visibility,
    Origin origin) {
  /** How others get it: at once, for a nano of theirs, or on request. */
  public static final List<String> EXCHANGES = List.of("free", "swap", "on_request");

  /** Who finds it when it is published: everyone, or those who have the link. */
  public static final List<String> VISIBILITIES = List.of("public", "unlisted");

  /**
   * Where a nano comes from.
   *
   * @param rightsConfirmed true when the creator declared to hold the rights
   * @param basedOn the nano or the URL it was made from
   */
  public record Origin(boolean rightsConfirmed, @Nullable String basedOn) {}
}
