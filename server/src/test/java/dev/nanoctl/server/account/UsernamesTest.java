package dev.nanoctl.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsernamesTest {
  @ParameterizedTest
  @CsvSource({
    "ada@example.org, ada",
    "Ada.Lovelace@example.org, ada_lovelace",
    "a@example.org, auser",
    "---@example.org, user",
    "an.extraordinarily.long.name@example.org, an_extraordinarily_l",
    "jürgen@example.org, j_rgen"
  })
  void aNameIsMadeFromTheAddress(String email, String name) {
    assertThat(Usernames.free(email, _ -> false)).isEqualTo(name).matches("[a-z0-9_]{3,20}");
  }

  @Test
  void aTakenNameGetsANumberAndStaysShortEnough() {
    Set<String> taken = Set.of("an_extraordinarily_l", "an_extraordinarily_2");
    assertThat(Usernames.free("an.extraordinarily.long@example.org", taken::contains))
        .isEqualTo("an_extraordinarily_3");
  }
}
