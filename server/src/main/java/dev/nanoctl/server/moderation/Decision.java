package dev.nanoctl.server.moderation;

import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * What a moderator decides.
 *
 * @param reason for the creator; may be missing only when it is approved
 * @param checklist what was looked at, as the page sends it
 */
public record Decision(Verdict verdict, @Nullable String reason, @Nullable JsonObject checklist) {
  static final int SHORTEST_REASON = 10;
  static final int LONGEST_REASON = 2000;

  /** VALIDATION_ERROR when a reason is missing or too short. */
  public Decision {
    if (verdict != Verdict.APPROVE
        && (reason == null || reason.codePointCount(0, reason.length()) < SHORTEST_REASON)) {
      throw ApiException.invalid(
          "reason",
          reason == null ? "required" : "too_short",
          "Bitte in mindestens %d Zeichen begründen.".formatted(SHORTEST_REASON),
          "Give a reason of at least %d characters.".formatted(SHORTEST_REASON));
    }
  }
}
