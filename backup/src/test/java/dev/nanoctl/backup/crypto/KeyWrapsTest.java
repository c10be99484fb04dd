package dev.nanoctl.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyWrapsTest {
  private static final Argon2 CHEAP = new Argon2(64, 1, 1);
  private final MasterKey key = MasterKey.generate(new Random(1));
  private final KeyWraps wraps = new KeyWraps(new UUID(1, 2), new Random(3));

  @Test
  void thePassphraseOpensWhatItWrapped() {
    byte[] wrapped = wraps.wrap(key, new Secret("correct horse"), CHEAP);
    assertThat(bytes(wraps.open(wrapped, new Secret("correct horse")))).isEqualTo(key.bytes());
    assertThat(wraps.open(wrapped, new Secret("correct horsf"))).isEmpty();
  }

  @Test
  void theRecoveryKeyOpensWhatWasWrappedForIt() {
    RecoveryKey recovery = RecoveryKey.generate(new Random(4));
    byte[] wrapped = wraps.wrap(key, recovery.publicKey());
    assertThat(bytes(wraps.open(wrapped, recovery))).isEqualTo(key.bytes());
    assertThat(wraps.open(wrapped, RecoveryKey.generate(new Random(5)))).isEmpty();
    assertThat(wraps.open(wrapped, new Secret("correct horse"))).isEmpty();
  }

  @Test
  void aKeyOfAnotherRepositoryDoesNotOpen() {
    byte[] wrapped = wraps.wrap(key, new Secret("correct horse"), CHEAP);
    assertThat(
            new KeyWraps(new UUID(1, 3), new Random(3)).open(wrapped, new Secret("correct horse")))
        .isEmpty();
  }

  @Test
  void everyChangedDigitOfWhatIsSealedShows() {
    RecoveryKey recovery = RecoveryKey.generate(new Random(4));
    byte[] wrapped = wraps.wrap(key, recovery.publicKey());
    int from = new String(wrapped, StandardCharsets.UTF_8).indexOf("\"sealed\":\"") + 10;
    for (int at = from; at < wrapped.length - 2; at++) {
      byte[] changed = wrapped.clone();
      changed[at] = (byte) (changed[at] == '0' ? '1' : '0');
      assertThat(wraps.open(changed, recovery)).isEmpty();
    }
  }

  @Test
  void aRecoveryKeyIsReadHoweverItIsTyped() {
    RecoveryKey recovery = RecoveryKey.generate(new Random(6));
    String text = recovery.text().value();
    assertThat(text).matches("([0-9A-Z]{5}-){11}[0-9A-Z]{5}");
    String typed =
        " " + text.toLowerCase(Locale.ROOT).replace('-', ' ').replace('0', 'o').replace('1', 'l');
    assertThat(RecoveryKey.parse(new Secret(typed)).publicKey()).isEqualTo(recovery.publicKey());
  }

  @Test
  void everyMistypedCharacterShows() {
    String text = RecoveryKey.generate(new Random(6)).text().value();
    for (int at = 0; at < text.length() - 1; at++) {
      if (text.charAt(at) != '-') {
        var typed = new StringBuilder(text);
        typed.setCharAt(at, text.charAt(at) == 'A' ? 'B' : 'A');
        assertThatThrownBy(() -> RecoveryKey.parse(new Secret(typed.toString())))
            .isInstanceOf(ProblemException.class)
            .hasMessageContaining("NC-KIT-MISTYPED");
      }
    }
  }

  @Test
  void nobodyCanAskForAHugeAmountOfMemory() {
    assertThatThrownBy(() -> new Argon2(1 << 30, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(Optional<MasterKey> key) {
    return key.orElseThrow().bytes();
  }

  @Test
  void whatAPersonMayHaveThoughtOfIsMadeSlowToGuess() {
    assertThat(Argon2.of(new Secret("kn5vVYBSgWzYk2bJ0xk1YkqkJ7QeV4y3l2m0AbcDe_-")))
        .isEqualTo(Argon2.LIGHT);
    for (String guessed :
        new String[] {
          "",
          "correct horse battery staple, forty-three characters",
          "kn5vVYBSgWzYk2bJ0xk1YkqkJ7QeV"
        }) {
      assertThat(Argon2.of(new Secret(guessed))).isEqualTo(Argon2.RECOMMENDED);
    }
  }
}
