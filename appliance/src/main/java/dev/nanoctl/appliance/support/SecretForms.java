package dev.nanoctl.appliance.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a secret may be written: as it is, in base64 at any place of a longer text, as hexadecimal
 * digits, or encoded for an address or for JSON.
 */
final class SecretForms {
  /** What base64 makes of fewer characters stands in too many texts by chance. */
  private static final int SHORTEST = 8;

  private static final int GROUP = 3;
  private static final int BITS_OF_BYTE = 8;
  private static final int BITS_OF_DIGIT = 6;

  private SecretForms() {}

  /** Every form of the value, each with what it is called; the value itself is called "". */
  static Map<String, String> of(String value) {
    var forms = new LinkedHashMap<String, String>();
    forms.put(value, "");
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < GROUP; before++) {
      String digits = base64(bytes, before);
      add(forms, digits, "base64");
      add(forms, digits.replace('+', '-').replace('/', '_'), "base64");
    }
    String hex = HexFormat.of().formatHex(bytes);
    add(forms, hex, "hex");
    add(forms, hex.toUpperCase(Locale.ROOT), "hex");
    String encoded = encoded(bytes);
    add(forms, encoded, "URL-encoded");
    add(forms, lowerDigits(encoded), "URL-encoded");
    add(forms, encoded.replace("%20", "+"), "URL-encoded");
    add(forms, value.replace("\\", "\\\\").replace("\"", "\\\""), "JSON");
    return forms;
  }

  private static void add(Map<String, String> forms, String text, String name) {
    if (text.length() >= SHORTEST) {
      forms.putIfAbsent(text, name);
    }
  }

  /** The digits that the value has for certain when so many bytes, mod 3, stand before it. */
  private static String base64(byte[] value, int before) {
    var all = new byte[before + value.length];
    System.arraycopy(value, 0, all, before, value.length);
    String digits = Base64.getEncoder().withoutPadding().encodeToString(all);
    int shared = (before * BITS_OF_BYTE + BITS_OF_DIGIT - 1) / BITS_OF_DIGIT;
    int end = all.length % GROUP == 0 ? digits.length() : digits.length() - 1;
    return digits.substring(Math.min(shared, end), end);
  }

  private static String encoded(byte[] value) {
    var text = new StringBuilder();
    for (byte one : value) {
      char letter = (char) (one & 0xff);
      boolean plain =
          letter < 128 && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
      text.append(plain ? String.valueOf(letter) : "%%%02X".formatted((int) letter));
    }
    return text.toString();
  }

  private static String lowerDigits(String encoded) {
    var text = new StringBuilder(encoded);
    for (int at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1)) {
      text.replace(at, at + 3, text.substring(at, at + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
