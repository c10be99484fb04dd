package dev.nanoctl.server.search.meili;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KeyCodesTest {
  @Test
  void everyWeightIsFoundAgainAndNoOther() {
    Random random = new Random(11);
    Map<String, Integer> keys = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      keys.put("s" + Integer.toString(random.nextInt(1_000_000), 36), 1 + random.nextInt(4_000));
    }
    String coded = KeyCodes.weights(keys);
    assertThat(coded).hasSize(7 * keys.size());
    keys.forEach(
        (key, weight) -> assertThat(KeyCodes.weight(coded, KeyCodes.key(key))).isEqualTo(weight));
    assertThat(KeyCodes.weight(coded, KeyCodes.key("szzzzzz"))).isZero();
    assertThat(KeyCodes.weight("", KeyCodes.key("s1"))).isZero();
  }

  @Test
  void nearMeansFewWordsBetween() {
    String order = KeyCodes.order(List.of("a", "x", "x", "x", "x", "b"));
    Set<String> a = Set.of(KeyCodes.stem("a"));
    Set<String> b = Set.of(KeyCodes.stem("b"));
    assertThat(KeyCodes.areNear(order, a, b, 4)).isTrue();
    assertThat(KeyCodes.areNear(order, a, b, 3)).isFalse();
    assertThat(KeyCodes.areNear(KeyCodes.order(List.of("a", "x", "b", "a")), a, b, 1)).isTrue();
    assertThat(KeyCodes.areNear(KeyCodes.order(List.of("b", "a")), a, b, 2)).isTrue();
    assertThat(KeyCodes.areNear(KeyCodes.order(List.of("b", "a")), a, b, 1)).isFalse();
    assertThat(KeyCodes.areNear(order, a, Set.of(KeyCodes.stem("c")), 99)).isFalse();
  }
}
