package dev.nanoctl.backup.manifest;

import java.io.IOException;

/** Says which keys below a prefix are still needed, for what manifests do not name. */
public interface LiveKeys {
  /**
   * The prefix, such as {@code wal/}; not {@code packs/}, {@code manifests/} or {@code journal/}.
   */
  String prefix();

  /** Whether a key below the prefix is needed; when in doubt, it is. */
  boolean isLive(String key) throws IOException;
}
