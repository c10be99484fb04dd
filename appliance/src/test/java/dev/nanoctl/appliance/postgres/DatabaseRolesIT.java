package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import org.junit.jupiter.api.Test;

class DatabaseRolesIT {
  @Test
  void onlyTodaysLoginIsLeftInARestoredDatabase() throws Exception {
    try (var postgres = ThrowawayPostgres.start()) {
      DatabaseAddress root = postgres.address();
      root.execute("CREATE ROLE nano LOGIN");
      var owner = new DatabaseLogin(DatabaseLogin.OWNER, new Secret("first"));
      DatabaseLogin twin = owner.other(new Secret("second"));
      DatabaseRoles.admitOnly(root, owner);
      assertThat(answers(root, owner)).as("where there is no twin yet").isTrue();
      DatabaseRoles.admitOnly(root, twin);
      assertThat(answers(root, twin)).isTrue();
      assertThat(answers(root, owner)).isFalse();
      DatabaseRoles.admitOnly(root, owner);
      assertThat(answers(root, owner)).isTrue();
      assertThat(answers(root, twin)).isFalse();
    }
  }

  private static boolean answers(DatabaseAddress at, DatabaseLogin login) {
    return new DatabaseAddress(at.port(), at.database(), login.role(), login.password()).answers();
  }
}
