package dev.nanoctl.server.account;

import java.util.Locale;
import java.util.function.Predicate;

/** Makes public names from addresses. */
final class Usernames {
  private static final int LONGEST = 20;

  private Usernames() {}

  /** The first free name that resembles the address. */
  static String free(String email, Predicate<String> taken) {
    String plain =
        email
            .substring(0, email.indexOf('@'))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    String base = plain.length() < 3 ? plain + "user" : plain;
    String name = cut(base, LONGEST);
    for (int i = 2; taken.test(name); i++) {
      String number = Integer.toString(i);
      name = cut(base, LONGEST - number.length()) + number;
    }
    return name;
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }
}
