package dev.nanoctl.appliance.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import org.junit.jupiter.api.Test;

class DatabaseLoginTest {
  private static final Secret FIRST = new Secret("first");

  @Test
  void aPasswordAloneIsTheOwners() {
    assertThat(DatabaseLogin.of(FIRST)).isEqualTo(new DatabaseLogin(DatabaseLogin.OWNER, FIRST));
  }

  @Test
  void theRolesTakeTurnsAndTheTextSaysWhoseItIs() {
    DatabaseLogin twin = DatabaseLogin.of(FIRST).other(new Secret("second"));
    assertThat(twin.role()).isEqualTo(DatabaseLogin.TWIN);
    assertThat(DatabaseLogin.of(twin.text())).isEqualTo(twin);
    assertThat(twin.other(new Secret("third")).text()).isEqualTo(new Secret("third"));
  }
}
