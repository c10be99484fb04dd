package dev.nanoctl.server.search.meili.fake;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds words as Meilisearch does: with typing errors, the last one as a beginning. */
final class FakeText {
  private final List<List<String>> choices = new ArrayList<>();
  private final int oneTypo;
  private final int twoTypos;

  /** Looks for these words, each of which may be any of its synonyms. */
  FakeText(String query, Map<String, Object> settings) {
    Map<String, Object> typos =
        FakeJson.object(settings.getOrDefault("typoTolerance", FakeJson.of()));
    Map<String, Object> sizes =
        FakeJson.object(typos.getOrDefault("minWordSizeForTypos", FakeJson.of()));
    oneTypo = number(sizes.getOrDefault("oneTypo", 5));
    twoTypos = number(sizes.getOrDefault("twoTypos", 9));
    Map<String, Object> synonyms =
        FakeJson.object(settings.getOrDefault("synonyms", FakeJson.of()));
    List<Object> stops = FakeJson.array(settings.getOrDefault("stopWords", List.of()));
    for (String word : words(query)) {
      if (!stops.contains(word)) {
        List<String> choice = new ArrayList<>(List.of(word));
        FakeJson.array(synonyms.getOrDefault(word, List.of()))
            .forEach(same -> choice.addAll(words(same.toString())));
        choices.add(choice);
      }
    }
  }

  private static int number(Object value) {
    return Integer.parseInt(value.toString());
  }

  static List<String> words(String text) {
    String folded =
        Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "");
    List<String> words = new ArrayList<>(List.of(folded.split("[^\\p{L}\\p{N}]+")));
    words.removeIf(String::isEmpty);
    return words;
  }

  int size() {
    return choices.size();
  }

  /** How many of the words a text holds, counted from the first one that counts. */
  int held(String text, int most) {
    List<String> words = words(text);
    int held = 0;
    for (int i = 0; i < most; i++) {
      boolean last = i == choices.size() - 1;
      held += choices.get(i).stream().anyMatch(word -> holds(words, word, last)) ? 1 : 0;
    }
    return held;
  }

  private boolean holds(List<String> words, String wanted, boolean beginning) {
    int errors = wanted.length() >= twoTypos ? 2 : wanted.length() >= oneTypo ? 1 : 0;
    return words.stream()
        .anyMatch(
            word -> (beginning && word.startsWith(wanted)) || distance(word, wanted) <= errors);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
