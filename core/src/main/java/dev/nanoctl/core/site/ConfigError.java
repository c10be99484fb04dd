package dev.nanoctl.core.site;

/**
 * One thing that is wrong with a site configuration.
 *
 * @param key the dotted key; empty if the file as a whole cannot be read
 * @param line where, counted from 1; 0 if the key is not in the file
 * @param message what is wrong, and what is allowed
 */
public record ConfigError(String key, int line, String message) {
  /** {@code line 4, server.port: …}. */
  @Override
  public String toString() {
    String where = line > 0 ? "line " + line : "";
    String comma = where.isEmpty() || key.isEmpty() ? "" : ", ";
    return where + comma + key + ": " + message;
  }
}
