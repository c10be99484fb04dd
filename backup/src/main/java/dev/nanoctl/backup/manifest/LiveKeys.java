package dev.nanoctl.backup.manifest;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** Says which keys below a prefix are still needed, for what manifests do not name. */
public interface LiveKeys {
  /**
   * The prefix, such as {@code wal/}; not {@code packs/}, {@code manifests/} or {@code journal/}.
   */
  String prefix();

  /** Whether a key below the prefix is needed; when in doubt, it is. */
  boolean isLive(String key) throws IOException;

  /**
   * Of these keys those whose content another of them holds as well, each with that other. Whoever
   * holds others is held by none, and is live if one of them is.
   */
  Map<String, String> held(Collection<String> keys);

  /**
   * Reads every byte of a key that holds others.
   *
   * @throws dev.nanoctl.core.ProblemException if it is missing or damaged
   * @throws IOException if it could not be read
   */
  void read(String key) throws IOException;
}
