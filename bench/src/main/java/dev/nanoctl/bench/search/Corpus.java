package dev.nanoctl.bench.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of guides as anyone may see them: runs of letters in small letters. It knows nothing of
 * how the product takes words apart, so that queries are derived without its help.
 */
final class Corpus {
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");

  private final List<Guide> guides;
  private final Map<String, Integer> documents = new HashMap<>();
  private final List<Set<String>> heads = new ArrayList<>();
  private final List<Set<String>> bodies = new ArrayList<>();

  Corpus(List<Guide> guides) {
    this.guides = List.copyOf(guides);
    for (Guide guide : guides) {
      Set<String> head = words(guide.head());
      Set<String> body = words(guide.text().body());
      heads.add(head);
      bodies.add(body);
      Set<String> all = new HashSet<>(head);
      all.addAll(body);
      all.forEach(word -> documents.merge(word, 1, Integer::sum));
    }
  }

  List<Guide> guides() {
    return guides;
  }

  static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.GERMAN));
    }
    return words;
  }

  boolean knows(String word) {
    return documents.containsKey(word);
  }

  private int count(String word) {
    return documents.getOrDefault(word, 0);
  }

  /** The words of a title that are not in every fifth guide, the rarest first. */
  List<String> titleWords(Guide guide) {
    return words(guide.text().title()).stream()
        .filter(word -> count(word) * 5 <= guides.size())
        .sorted((a, b) -> Integer.compare(count(a), count(b)))
        .toList();
  }

  /** The words that stand in no other guide, and in this one only in the body. */
  List<String> wordsOnlyInBody(int guide) {
    return bodies.get(guide).stream()
        .filter(word -> count(word) == 1 && !heads.get(guide).contains(word))
        .sorted()
        .toList();
  }
}
