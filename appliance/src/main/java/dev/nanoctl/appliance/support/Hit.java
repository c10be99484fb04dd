package dev.nanoctl.appliance.support;

/**
 * A place that must not leave the machine.
 *
 * @param file the name of the text in the bundle
 * @param line from 1
 * @param what names the secret or the kind of it, never its value
 */
public record Hit(String file, int line, String what) {
  @Override
  public String toString() {
    return "%s, line %d: %s".formatted(file, line, what);
  }
}
