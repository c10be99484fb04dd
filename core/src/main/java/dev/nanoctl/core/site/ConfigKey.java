package dev.nanoctl.core.site;

import java.util.Optional;

/**
 * One key of {@code nanoctl.yml}.
 *
 * @param name dotted, as in {@code server.port}
 * @param type how its value is read
 * @param fallback what holds when the key is not set, as it would be written; empty for nothing
 * @param meaning what the key decides, in one sentence
 */
public record ConfigKey<T>(String name, ConfigType<T> type, String fallback, String meaning) {
  /** What may be written, in words. */
  public String allowed() {
    return type.allowed();
  }

  /** What may be written, if the text is not that; empty if it is. */
  public Optional<String> refuse(String text) {
    return type.parse(text).isPresent() ? Optional.empty() : Optional.of(allowed());
  }

  /** The value that holds when the key is not set. */
  T defaultValue() {
    return type.parse(fallback)
        .orElseThrow(() -> new IllegalStateException(name + " has no valid default"));
  }
}
