package dev.nanoctl.backup.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of RFC 7677, section 3, with the empty name that PostgreSQL wants. */
class ScramTest {
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String CHALLENGE =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

  private static Scram exchange() {
    return new Scram(new Secret("pencil"), NONCE, "n,,", new byte[0]);
  }

  @Test
  void itBeginsWithANonce() {
    assertThat(exchange().first()).isEqualTo("n,,n=,r=rOprNGfwEbeRWgbNEkqO");
  }

  @Test
  void theAnswerProvesThePasswordAndSoDoesTheServers() throws Exception {
    Scram exchange = exchange();
    String answer = exchange.answer(CHALLENGE);
    assertThat(answer)
        .isEqualTo("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=" + PROOF);
    exchange.finish("v=" + SIGNATURE);
  }

  // computed with another implementation (Python's hashlib and hmac) for the empty name
  private static final String PROOF = "qvT2SWdEH5Q06albL+hjSYuUhCG7VndFyzIb7CK4n9k=";
  private static final String SIGNATURE = "3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOg=";

  @Test
  void aServerThatDoesNotKnowThePasswordIsFoundOut() throws Exception {
    Scram exchange = exchange();
    exchange.answer(CHALLENGE);
    assertThatThrownBy(() -> exchange.finish("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> exchange().finish("v="))
        .as("before the challenge")
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void theBindingIsPartOfTheAnswer() throws Exception {
    var bound =
        new Scram(new Secret("pencil"), NONCE, "p=tls-server-end-point,,", new byte[] {1, 2, 3});
    assertThat(bound.answer(CHALLENGE)).startsWith("c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQID,r=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=?,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=x",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000",
        "e=unknown-user",
        ""
      })
  void aChallengeThatIsNoneIsRefused(String challenge) {
    assertThatThrownBy(() -> exchange().answer(challenge)).isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256withRSA,SHA-256",
    "SHA384withECDSA,SHA-384",
    "SHA512withRSA,SHA-512",
    "SHA1withRSA,SHA-256",
    "MD5withRSA,SHA-256"
  })
  void theHashOfABindingIsThatOfTheSignatureUnlessBroken(String signature, String hash) {
    assertThat(ChannelBinding.hash(signature)).isEqualTo(hash);
  }
}
