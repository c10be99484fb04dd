package dev.nanoctl.bench.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Derives queries from guides by rule and seed: two of the three rarest words of a title, mutated;
 * or two words that stand in the body of one guide only. A query that names a title asks for every
 * guide with that title, because nothing tells them apart.
 */
final class QueryMaker {
  private final Corpus corpus;
  private final Random random;
  private final int most;
  private final Map<String, Set<Integer>> sameTitle = new HashMap<>();

  QueryMaker(Corpus corpus, long seed, int most) {
    this.corpus = corpus;
    this.random = new Random(seed);
    this.most = most;
    for (int i = 0; i < corpus.guides().size(); i++) {
      sameTitle.computeIfAbsent(title(i), _ -> new HashSet<>()).add(i);
    }
  }

  /** Makes one query for a guide, or null when its words do not allow it. */
  private interface Rule {
    @Nullable String query(int guide);
  }

  /** At most so many queries of every class. */
  List<GateQuery> all() {
    List<GateQuery> queries = new ArrayList<>();
    for (GateClass kind : GateClass.values()) {
      queries.addAll(of(kind));
    }
    return queries;
  }

  private List<GateQuery> of(GateClass kind) {
    return switch (kind) {
      case EXACT -> from(kind, "de", guide -> join(pair(guide)));
      case UE -> from(kind, "de", guide -> umlauts(guide, true));
      case U -> from(kind, "de", guide -> umlauts(guide, false));
      case TYPO, ENGLISH_TYPO -> from(kind, kind == GateClass.TYPO ? "de" : "en", this::misspelt);
      case COMPOUND -> from(kind, "de", this::split);
      case INFLECTED -> from(kind, "de", guide -> inflected(guide, true));
      case BODY -> from(kind, "de", this::body);
      case ENGLISH -> from(kind, "en", guide -> join(pair(guide)));
      case ENGLISH_INFLECTED -> from(kind, "en", guide -> inflected(guide, false));
      case MIXED -> mixed(kind, this::mixed);
      case MIXED_PAIR -> mixed(kind, this::oneOfEach);
    };
  }

  private List<GateQuery> from(GateClass kind, String language, Rule rule) {
    List<GateQuery> queries = new ArrayList<>();
    for (int guide : shuffled(language)) {
      String query = queries.size() < most ? rule.query(guide) : null;
      if (query != null) {
        queries.add(new GateQuery(kind, query, Set.copyOf(sameTitle.get(title(guide)))));
      }
    }
    return queries;
  }

  private List<Integer> shuffled(String language) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < corpus.guides().size(); i++) {
      if (corpus.guides().get(i).language().equals(language)) {
        order.add(i);
      }
    }
    Collections.shuffle(order, random);
    return order;
  }

  private String title(int guide) {
    return corpus.guides().get(guide).text().title().strip().toLowerCase(java.util.Locale.ROOT);
  }

  private List<String> titleWords(int guide) {
    return corpus.titleWords(corpus.guides().get(guide));
  }

  /** Two of the three rarest words of a title; none when it has but one. */
  private List<String> pair(int guide) {
    List<String> words = titleWords(guide);
    if (words.size() < 2) {
      return List.of();
    }
    List<String> pair = new ArrayList<>(words.subList(0, Math.min(3, words.size())));
    if (pair.size() == 3) {
      pair.remove(random.nextInt(3));
    }
    Collections.shuffle(pair, random);
    return pair;
  }

  private static @Nullable String join(List<String> words) {
    return words.isEmpty() ? null : String.join(" ", words);
  }

  private @Nullable String umlauts(int guide, boolean withE) {
    String plain = join(pair(guide));
    if (plain == null) {
      return null;
    }
    String mutated = withE ? Mutations.withE(plain) : Mutations.withoutDots(plain);
    return mutated.equals(plain) ? null : mutated;
  }

  private @Nullable String misspelt(int guide) {
    List<String> words = new ArrayList<>(pair(guide));
    if (words.isEmpty()) {
      return null;
    }
    int longest = words.get(0).length() >= words.get(1).length() ? 0 : 1;
    if (words.get(longest).length() < 5) {
      return null;
    }
    words.set(longest, Mutations.misspelt(words.get(longest), random));
    return join(words);
  }

  private @Nullable String split(int guide) {
    List<String> words = titleWords(guide);
    for (String word : words) {
      String split = Mutations.split(word, corpus);
      if (split != null) {
        String other = words.stream().filter(one -> !one.equals(word)).findFirst().orElse("");
        return (split + " " + other).strip();
      }
    }
    return null;
  }

  private @Nullable String inflected(int guide, boolean german) {
    List<String> words = new ArrayList<>(pair(guide));
    words.replaceAll(
        word -> german ? Mutations.inflected(word, random) : Mutations.inflectedEnglish(word));
    return join(words);
  }

  private @Nullable String body(int guide) {
    List<String> words = new ArrayList<>(corpus.wordsOnlyInBody(guide));
    Collections.shuffle(words, random);
    return words.size() < 2 ? null : join(words.subList(0, 2));
  }

  /** Makes one query of a guide and its twin in the other language, or null. */
  private interface TwinRule {
    @Nullable String query(int one, int other);
  }

  private List<GateQuery> mixed(GateClass kind, TwinRule rule) {
    Map<String, Integer> german = new HashMap<>();
    shuffled("de").forEach(guide -> german.put(corpus.guides().get(guide).pair(), guide));
    List<GateQuery> queries = new ArrayList<>();
    for (int english : shuffled("en")) {
      Integer twin = german.get(corpus.guides().get(english).pair());
      if (twin != null && queries.size() < most) {
        boolean mostlyGerman = random.nextBoolean();
        String query = mostlyGerman ? rule.query(twin, english) : rule.query(english, twin);
        if (query != null) {
          Set<Integer> expected = new HashSet<>(sameTitle.get(title(english)));
          expected.addAll(sameTitle.get(title(twin)));
          queries.add(new GateQuery(kind, query, Set.copyOf(expected)));
        }
      }
    }
    return queries;
  }

  /**
   * Two words of a title and the rarest word of the same guide's title in the other language: no
   * guide has all three, and two of them are to lead to it.
   */
  private @Nullable String mixed(int most, int least) {
    String pair = join(pair(most));
    List<String> foreign = titleWords(least);
    return pair == null || foreign.isEmpty() ? null : pair + " " + foreign.getFirst();
  }

  /** One of the three rarest words of each title: no guide has both. */
  private @Nullable String oneOfEach(int one, int other) {
    String first = anyRare(titleWords(one));
    String second = anyRare(titleWords(other));
    return first == null || second == null || first.equals(second) ? null : first + " " + second;
  }

  private @Nullable String anyRare(List<String> words) {
    return words.isEmpty() ? null : words.get(random.nextInt(Math.min(3, words.size())));
  }
}
