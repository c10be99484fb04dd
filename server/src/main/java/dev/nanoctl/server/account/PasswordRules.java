package dev.nanoctl.server.account;

import dev.nanoctl.server.http.FieldError;
import dev.nanoctl.server.http.Schema;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a password must be: long rather than odd, and not the first thing someone would try (NIST SP
 * 800-63B, section 5.1.1.2).
 */
final class PasswordRules {
  static final int SHORTEST = 10;
  static final int LONGEST = 128;

  /** The shape of a new password in a request. */
  static final Schema SCHEMA = Schema.text(SHORTEST, LONGEST);

  private static final Set<String> COMMON =
      Set.of(
          "1234567890",
          "12345678910",
          "0123456789",
          "9876543210",
          "qwertzuiop",
          "qwertyuiop",
          "passwort12",
          "passwort123",
          "password12",
          "password123",
          "willkommen",
          "schalke04!",
          "hallo12345",
          "hallowelt1",
          "iloveyou12",
          "changeme12",
          "administrator",
          "letmein123");

  private PasswordRules() {}

  /** What is wrong with a new password of this account; empty when it will do. */
  static Optional<FieldError> check(String field, String password, String email, String username) {
    String lower = password.toLowerCase(Locale.ROOT);
    String mailName = email.substring(0, Math.max(0, email.indexOf('@')));
    if (COMMON.contains(lower) || password.chars().distinct().count() < 4) {
      return Optional.of(
          new FieldError(
              field,
              "too_common",
              "Dieses Passwort wird zu oft benutzt. Nimm zum Beispiel vier zufällige Wörter.",
              "This password is too common. Take four random words, for example."));
    }
    if (lower.equals(email) || lower.equals(username) || lower.equals(mailName)) {
      return Optional.of(
          new FieldError(
              field,
              "like_account",
              "Das Passwort darf nicht dein Name oder deine Adresse sein.",
              "The password must not be your name or address."));
    }
    return Optional.empty();
  }
}
