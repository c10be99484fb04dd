package dev.nanoctl.appliance;

import java.io.IOException;
import java.sql.SQLException;

/** What a move to containers does with what only the server's code knows. */
public interface Migrating {
  /**
   * Copies all packages from the folder of the processes into the store of the containers; what is
   * there already is passed over.
   *
   * @return what was copied, for people
   */
  String copyObjects(Instance instance, Progress progress) throws IOException;

  /**
   * Lets backups of the new database begin as another history.
   *
   * @return what was done, for people; may be empty
   */
  String beginBackups(Instance instance) throws IOException, SQLException;
}
