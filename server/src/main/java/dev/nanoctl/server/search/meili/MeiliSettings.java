package dev.nanoctl.server.search.meili;

import dev.nanoctl.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where Meilisearch answers, and how long it is waited for.
 *
 * @param url its address, such as {@code http://search:7700}; what follows the port is kept
 * @param key the key it was started with, or one that may do everything with the indexes of the
 *     prefix, tasks and batches; while the key is being changed two lines: the new one, the old one
 * @param prefix what the names of this site's indexes begin with: letters, digits, {@code _},
 *     {@code -}
 * @param patience how long a search may take; writing may take ten times as long
 */
public record MeiliSettings(URI url, Secret key, String prefix, Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  public MeiliSettings {
    if (!prefix.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new IllegalArgumentException("not a prefix of index names: " + prefix);
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("no patience at all: " + patience);
    }
  }

  /** Settings with the usual prefix, {@code nanos}, and three seconds of patience. */
  public static MeiliSettings of(URI url, Secret key) {
    return new MeiliSettings(url, key, "nanos", PATIENCE);
  }

  /** The keys that it may have been started with, the newest first. */
  List<Secret> keys() {
    List<Secret> keys = key.value().lines().map(Secret::new).toList();
    return keys.isEmpty() ? List.of(key) : keys;
  }

  /** The same with another prefix, for several sites on one server. */
  public MeiliSettings withPrefix(String other) {
    return new MeiliSettings(url, key, other, patience);
  }

  /** The same with that much patience. */
  public MeiliSettings withPatience(Duration other) {
    return new MeiliSettings(url, key, prefix, other);
  }
}
