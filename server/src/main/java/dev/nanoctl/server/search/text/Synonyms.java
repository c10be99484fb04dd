package dev.nanoctl.server.search.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The curated groups of words that mean the same, looked up by stem. */
final class Synonyms {
  private static final Pattern COMMA = Pattern.compile(",");

  private final Map<String, Set<String>> groups = new HashMap<>();

  Synonyms(Stems stems) {
    for (String line : WordList.read("synonyms.txt")) {
      Set<String> group = new LinkedHashSet<>();
      List<String> heads = new ArrayList<>();
      for (String raw : COMMA.splitAsStream(line).toList()) {
        String word = raw.strip().replace("-", "");
        String german = stems.german(Folding.german(word));
        heads.add(german);
        group.add(german);
        group.add(stems.english(Folding.plain(word)));
      }
      heads.forEach(head -> groups.computeIfAbsent(head, _ -> new LinkedHashSet<>()).addAll(group));
    }
  }

  /** Stems that mean the same as this German stem, itself among them; empty when there are none. */
  Set<String> of(String stem) {
    return groups.getOrDefault(stem, Set.of());
  }
}
