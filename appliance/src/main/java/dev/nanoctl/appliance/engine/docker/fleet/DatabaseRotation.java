package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.fleet.Rotation;
import dev.nanoctl.appliance.postgres.DatabaseLogin;
import dev.nanoctl.appliance.postgres.DatabaseRoles;
import dev.nanoctl.core.Secret;
import java.sql.SQLException;
import java.util.Optional;

/** The application's password: of two roles that are used by turns, as a role has only one. */
record DatabaseRotation(Instance instance, DockerTool docker, DockerStack stack)
    implements Rotation {
  @Override
  public Secret make(Secret current) {
    return DatabaseLogin.of(current).other(Rotations.random()).text();
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {
    try {
      DatabaseRoles.admit(instance.superuser(), DatabaseLogin.of(next));
    } catch (SQLException e) {
      throw SuperuserRotation.refused(e);
    }
  }

  /** The pooler of an operator's own tools reads its password when it starts. */
  @Override
  public void acceptOne(Secret current, Secret old) throws InterruptedException {
    String role = DatabaseLogin.of(old).role();
    if (!role.equals(DatabaseLogin.of(current).role())) {
      Optional<String> pooler = stack.find("pgbouncer");
      if (pooler.isPresent()) {
        docker.run("restart", pooler.get());
      }
      try {
        DatabaseRoles.dismiss(instance.superuser(), role);
      } catch (SQLException e) {
        throw SuperuserRotation.refused(e);
      }
    }
  }
}
