package dev.nanoctl.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.http.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRulesTest {
  @ParameterizedTest
  @CsvSource({
    "Passwort123, too_common",
    "aaaaaaaaaaaa, too_common",
    "ababababab, too_common",
    "ada.lovelace@example.org, like_account",
    "ada_lovelace, like_account",
    "Ada.Lovelace, like_account"
  })
  void aPasswordThatIsTriedFirstIsRefused(String password, String code) {
    assertThat(
            PasswordRules.check("password", password, "ada.lovelace@example.org", "ada_lovelace"))
        .map(FieldError::code)
        .hasValue(code);
  }

  @Test
  void fourRandomWordsWillDo() {
    assertThat(PasswordRules.check("password", "kranich lampe ufer neun", "ada@example.org", "ada"))
        .isEmpty();
  }
}
