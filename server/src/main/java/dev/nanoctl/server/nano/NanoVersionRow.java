package dev.nanoctl.server.nano;

import dev.nanoctl.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A version as it is stored. */
record NanoVersionRow(
    UUID id,
    int number,
    Semver semver,
    @Nullable String changelog,
    UUID packageId,
    VersionStatus status) {
  /** How the audit log names it. */
  JsonObject toAudit() {
    return JsonObject.builder().put("version", semver.toString()).build();
  }
}
