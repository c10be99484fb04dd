package dev.nanoctl.server.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VocabularyTest {
  private static Vocabulary of(String... words) {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    for (String word : words) {
      builder.add(word, 1);
    }
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource({
    "tabelle, tablle, 1",
    "tabelle, tabbelle, 1",
    "tabelle, tabalele, 2",
    "tabelle, tabelel, 1",
    "tabelle, atbelle, 1",
    "tabelle, labelle, 1",
    "serienbrief, serienbreif, 1"
  })
  void typingErrorsAreCounted(String word, String typed, int errors) {
    assertThat(of(word).near(typed, 2, 5)).containsExactly(new Vocabulary.Near(word, errors, 1));
  }

  @Test
  void theFirstLetterOfAShortWordIsRight() {
    assertThat(of("haus").near("maus", 1, 5)).isEmpty();
    assertThat(of("haus").near("ahus", 1, 5)).hasSize(1);
  }

  @Test
  void nearerAndMoreCommonWordsComeFirst() {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    builder.add("zeile", 3);
    builder.add("zeit", 50);
    builder.add("zeilen", 9);
    List<Vocabulary.Near> near = builder.build().near("zeilel", 2, 2);
    assertThat(near).extracting(Vocabulary.Near::form).containsExactly("zeilen", "zeile");
  }

  @Test
  void beginningsAreCompleted() {
    Vocabulary words = of("serie", "serienbrief", "sommer", "tabelle");
    assertThat(words.completions("seri", 0, 9))
        .extracting(Vocabulary.Near::form)
        .containsExactly("serie", "serienbrief");
    assertThat(words.completions("seir", 1, 9))
        .extracting(Vocabulary.Near::form)
        .containsExactly("serie", "serienbrief");
    assertThat(words.completions("serienbriefe", 0, 9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theWalkFindsWhatComparingEveryWordFinds(long seed) {
    Random random = new Random(seed);
    TreeSet<String> words = new TreeSet<>();
    while (words.size() < 400) {
      words.add(word(random));
    }
    Vocabulary vocabulary = of(words.toArray(String[]::new));
    for (int i = 0; i < 200; i++) {
      String typed = word(random);
      for (int errors = 1; errors <= 2; errors++) {
        List<String> expected = new ArrayList<>();
        for (String word : words) {
          int distance = distance(typed, word);
          if (distance > 0 && distance <= errors && word.charAt(0) == typed.charAt(0)) {
            expected.add(word);
          }
        }
        assertThat(vocabulary.near(typed, errors, 1_000))
            .extracting(Vocabulary.Near::form)
            .containsAll(expected)
            .allSatisfy(word -> assertThat(distance(typed, word)).isBetween(1, 2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void wordsThatJoinLaterAreKnownLikeTheFirst(long seed) {
    Random random = new Random(seed);
    Vocabulary.Builder builder = new Vocabulary.Builder();
    Vocabulary grown = Vocabulary.EMPTY;
    TreeSet<String> words = new TreeSet<>();
    for (int round = 0; round < 8; round++) {
      Map<String, Integer> more = new HashMap<>();
      for (int i = 0; i < random.nextInt(60); i++) {
        more.merge(word(random), 1 + random.nextInt(3), Integer::sum);
      }
      more.forEach(builder::add);
      words.addAll(more.keySet());
      Vocabulary before = grown;
      int size = before.size();
      grown = before.plus(more);
      assertThat(before.size()).isEqualTo(size);
    }
    Vocabulary built = builder.build();
    assertThat(grown.size()).isEqualTo(words.size()).isEqualTo(built.size());
    for (String word : words) {
      assertThat(grown.countOf(word)).isPositive().isEqualTo(built.countOf(word));
      assertThat(grown.count(word)).isEqualTo(built.count(word));
      assertThat(grown.near(word, 2, 1_000)).isEqualTo(built.near(word, 2, 1_000));
      assertThat(grown.completions(word.substring(0, 2), 0, 1_000))
          .isEqualTo(built.completions(word.substring(0, 2), 0, 1_000));
    }
    assertThat(grown.countOf("zzz")).isZero();
  }

  @Test
  void aStemIsNearTheInflectionsOfAWord() {
    Vocabulary words = of("windkraftanlagen", "windkraftanlagenbetreiber", "windkanal");
    assertThat(words.inflections("wintkraftanlag", 2, 9))
        .extracting(Vocabulary.Near::form)
        .containsExactly("windkraftanlagen");
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    random.ints(2 + random.nextInt(7), 'a', 'e').forEach(c -> word.append((char) c));
    return word.toString();
  }

  /** The textbook's distance with neighbours swapped. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
