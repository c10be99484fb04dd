package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leads word forms that no stemmer of suffixes brings together to a common base: {@code eingefügt},
 * {@code einfügte} and {@code einzufügen} to {@code einfügen}, {@code Schülerinnen} to {@code
 * Schüler}, {@code Büros} to {@code Büro}. What is derived counts less than the word itself, so a
 * base that does not exist does no harm.
 */
final class Relatives {
  private static final List<String> PREFIXES =
      List.of(
          "zusammen",
          "hinzu",
          "herunter",
          "zuruck",
          "wieder",
          "nach",
          "unter",
          "durch",
          "fest",
          "ab",
          "an",
          "auf",
          "aus",
          "bei",
          "ein",
          "frei",
          "her",
          "hin",
          "los",
          "mit",
          "um",
          "vor",
          "weg",
          "zu",
          "");
  private static final List<String> PERSONAL_ENDINGS = List.of("te", "ten", "tet", "test", "t");
  private static final Pattern FOREIGN_PLURAL = Pattern.compile("[aiouy]s$");
  private static final Pattern ADJECTIVE_ENDING = Pattern.compile("(?<=t)e[mnrs]?$");
  private static final String CONSONANTS_BEFORE_T = "bdghlmrzk";

  private Relatives() {}

  /** The infinitives or base nouns a folded German word may belong to; usually none. */
  static List<String> of(String folded) {
    if (folded.length() < 5) {
      return List.of();
    }
    List<String> bases = new ArrayList<>(2);
    participle(folded, bases);
    withZu(folded, bases);
    if (folded.endsWith("innen") && folded.length() > 8) {
      bases.add(folded.substring(0, folded.length() - 5));
    }
    if (FOREIGN_PLURAL.matcher(folded).find()) {
      bases.add(folded.substring(0, folded.length() - 1));
    }
    return bases;
  }

  private static void participle(String word, List<String> bases) {
    String finite = personal(word);
    if (finite != null) {
      bases.add(finite);
    }
    String plain = ADJECTIVE_ENDING.matcher(word).replaceFirst("");
    for (String prefix : PREFIXES) {
      String tail = tailAfter(plain, prefix, "ge");
      if (tail != null && tail.endsWith("t") && tail.length() >= 4) {
        bases.add(prefix + infinitive(tail.substring(0, tail.length() - 1)));
        return;
      }
    }
  }

  private static @Nullable String personal(String word) {
    for (String ending : PERSONAL_ENDINGS) {
      int length = word.length() - ending.length();
      if (word.endsWith(ending) && length >= 3) {
        char last = word.charAt(length - 1);
        if (last == 'e' || CONSONANTS_BEFORE_T.indexOf(last) >= 0) {
          return infinitive(word.substring(0, length));
        }
        return null;
      }
    }
    return null;
  }

  private static void withZu(String word, List<String> bases) {
    for (String prefix : PREFIXES) {
      String tail = prefix.isEmpty() ? null : tailAfter(word, prefix, "zu");
      if (tail != null && tail.endsWith("n") && tail.length() >= 4) {
        bases.add(prefix + tail);
        return;
      }
    }
  }

  private static @Nullable String tailAfter(String word, String prefix, String infix) {
    boolean fits = word.startsWith(prefix) && word.startsWith(infix, prefix.length());
    return fits ? word.substring(prefix.length() + infix.length()) : null;
  }

  /** {@code öffne}, {@code speicher} and {@code füg} with the ending of an infinitive. */
  private static String infinitive(String stem) {
    if (stem.endsWith("e")) {
      return stem + "n";
    }
    return stem.endsWith("er") || stem.endsWith("el") ? stem + "n" : stem + "en";
  }
}
