package dev.nanoctl.appliance.doctor;

import java.util.Locale;

/**
 * The name of a locale of the C library, in the one form it is known under: {@code de_DE.utf8},
 * where {@code de_DE.UTF-8} means the same.
 */
public record LocaleName(String name) {
  /** Makes it from any of its forms. */
  public LocaleName {
    int dot = name.indexOf('.');
    int at = name.indexOf('@');
    int end = at < 0 ? name.length() : at;
    if (dot >= 0 && dot < end) {
      String encoding =
          name.substring(dot + 1, end).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      name = name.substring(0, dot + 1) + encoding + name.substring(end);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
