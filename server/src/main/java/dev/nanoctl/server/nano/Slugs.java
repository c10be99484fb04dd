package dev.nanoctl.server.nano;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Addresses people can read: the title in plain letters, then eight characters of the id. */
final class Slugs {
  private static final int LONGEST_TITLE = 80;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^-+|-+$");
  private static final Map<String, String> LETTERS =
      Map.of(
          "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "oe", "å", "aa", "œ", "oe",
          "ł", "l", "đ", "d");

  private Slugs() {}

  /** The slug of a nano with this title. */
  static String of(String title, UUID id) {
    String readable = readable(title);
    String tail = id.toString().substring(28);
    return readable.isEmpty() ? "nano-" + tail : readable + "-" + tail;
  }

  /** The title as a German dictionary sorts it (DIN 5007-1): umlauts as their base letters. */
  static String sortKey(String title) {
    String lower = title.strip().toLowerCase(Locale.ROOT).replace("ß", "ss");
    return MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
  }

  /** Lower-case letters, digits and single hyphens; umlauts written out. */
  static String readable(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      lower = lower.replace(letter.getKey(), letter.getValue());
    }
    String bare = MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
    String hyphened = EDGES.matcher(OTHERS.matcher(bare).replaceAll("-")).replaceAll("");
    if (hyphened.length() <= LONGEST_TITLE) {
      return hyphened;
    }
    int cut = hyphened.lastIndexOf('-', LONGEST_TITLE);
    return hyphened.substring(0, cut > LONGEST_TITLE / 2 ? cut : LONGEST_TITLE);
  }
}
