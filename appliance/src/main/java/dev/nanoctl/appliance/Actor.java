package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Action;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Carries out actions, one at a time; each may be carried out again and then changes nothing more.
 */
public interface Actor {
  /** Carries out one action and answers what is worth telling about it, or nothing. */
  String perform(Action action) throws IOException, InterruptedException, SQLException;
}
