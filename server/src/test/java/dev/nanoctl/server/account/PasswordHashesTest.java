package dev.nanoctl.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.Secret;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {
  private final PasswordHashes hashes = new PasswordHashes();

  @Test
  void aPasswordMatchesItsOwnHashOnly() {
    String hash = hashes.hash(new Secret("vier zufällige wörter"));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashes.matches(new Secret("vier zufällige wörter"), hash)).isTrue();
    assertThat(hashes.matches(new Secret("vier zufällige Wörter"), hash)).isFalse();
  }

  @Test
  void theSamePasswordHashesDifferently() {
    Secret password = new Secret("vier zufällige wörter");
    assertThat(hashes.hash(password)).isNotEqualTo(hashes.hash(password));
  }

  @Test
  void aHashOfTheReferenceImplementationIsUnderstood() {
    // printf password | argon2 somesalt -id -t 2 -m 16 -p 1 -e
    assertThat(
            hashes.matches(
                new Secret("password"),
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @Test
  void aDamagedHashMatchesNothing() {
    assertThat(hashes.matches(new Secret("x"), "")).isFalse();
    assertThat(hashes.matches(new Secret("x"), "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$")).isFalse();
    assertThat(hashes.matches(new Secret("x"), "plain text")).isFalse();
  }

  @Test
  void aCheaperHashIsOutdated() {
    assertThat(hashes.outdated(hashes.hash(new Secret("x")))).isFalse();
    assertThat(hashes.outdated("$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$AAAA")).isTrue();
  }
}
