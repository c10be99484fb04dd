package dev.nanoctl.appliance.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.core.Secret;
import java.sql.SQLException;

/**
 * The application's password: of two roles that are used by turns, as a role has only one.
 *
 * @param renewed run before the old role is dismissed, for whoever else logs in with it
 */
public record DatabaseRotation(Instance instance, Renewed renewed) implements Rotation {
  /** What else is to be renewed. */
  @FunctionalInterface
  public interface Renewed {
    /** Has it log in with the new password. */
    void run() throws InterruptedException;
  }

  @Override
  public Secret make(Secret current) {
    return DatabaseLogin.of(current).other(FreshSecrets.random()).text();
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {
    try {
      DatabaseRoles.admit(instance.superuser(), DatabaseLogin.of(next));
    } catch (SQLException e) {
      throw SuperuserRotation.refused(e);
    }
  }

  @Override
  public void acceptOne(Secret current, Secret old) throws InterruptedException {
    String role = DatabaseLogin.of(old).role();
    if (!role.equals(DatabaseLogin.of(current).role())) {
      renewed.run();
      try {
        DatabaseRoles.dismiss(instance.superuser(), role);
      } catch (SQLException e) {
        throw SuperuserRotation.refused(e);
      }
    }
  }
}
