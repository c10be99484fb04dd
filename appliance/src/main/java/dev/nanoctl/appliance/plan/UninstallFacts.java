package dev.nanoctl.appliance.plan;

import java.nio.file.Path;

/**
 * Everything an uninstallation's plan follows from.
 *
 * @param account who PostgreSQL ran as
 * @param external whether somebody else runs the database
 * @param purge whether to remove what people made, too
 */
public record UninstallFacts(
    String instance,
    Supervision supervision,
    Path unit,
    Account account,
    boolean external,
    boolean purge) {
  /**
   * An account of this machine.
   *
   * @param made whether it was made for nanoctl
   */
  public record Account(String name, boolean made) {}
}
