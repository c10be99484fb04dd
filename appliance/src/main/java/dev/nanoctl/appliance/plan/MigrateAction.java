package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.Ports;
import java.util.List;

/**
 * One step of moving an instance from processes to containers, as data. Every action may be
 * repeated: what is done already is left as it is.
 */
public sealed interface MigrateAction extends Action.Migrate {
  /** Notes the engine, the ports and the account from now on, and writes the configuration. */
  record Become(Side side) implements MigrateAction {}

  /** Fills the database of the containers with what the processes' one has, and compares them. */
  record CopyDatabase(Side from) implements MigrateAction {}

  /** Copies all packages from the folder into the instance's own store. */
  record CopyObjects() implements MigrateAction {}

  /** Lets backups of the new database begin, where there is a target for them. */
  record BeginBackups() implements MigrateAction {}

  /** Moves what the processes worked on into a folder of its own. */
  record SetAside(List<String> data) implements MigrateAction {}

  /** Moves it back. */
  record PutBack(List<String> data) implements MigrateAction {}

  /**
   * An instance on one side of the move.
   *
   * @param configText its whole configuration
   * @param account who PostgreSQL runs as, or who owns the containers
   */
  record Side(String configText, Ports ports, String account) {}
}
