package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.sql.SQLException;

/**
 * The password of PostgreSQL's superuser. Only nanoctl itself uses it, and reads it each time, so
 * that one value at a time is enough.
 */
public record SuperuserRotation(Instance instance) implements Rotation {
  @Override
  public Secret make(Secret current) {
    return FreshSecrets.random();
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {
    try {
      DatabaseRoles.changeSuperuser(instance.superuser(), next);
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  @Override
  public void acceptOne(Secret current, Secret old) {}

  static RuntimeException refused(SQLException e) {
    return new Problem.Unavailable(
            "NC-SECRET-REFUSED",
            "postgres did not take the new password: " + e.getMessage(),
            "nanoctl logs postgres; then nanoctl resume")
        .raise(e);
  }
}
