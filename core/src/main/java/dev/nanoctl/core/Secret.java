package dev.nanoctl.core;

/**
 * A value that must not be shown: it prints as dots in messages, logs and debuggers.
 *
 * @param value the secret itself; read it only where it is handed on
 */
public record Secret(String value) {
  /** Dots, never the value. */
  @Override
  public String toString() {
    return "••••••";
  }
}
