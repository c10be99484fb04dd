package dev.nanoctl.appliance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.ProblemException;
import org.junit.jupiter.api.Test;

class RollingTest {
  private final FakeStack stack = new FakeStack();
  private final Rolling rolling = new Rolling(stack, () -> false);

  private static boolean current(AppContainer container) {
    return container.hash().equals("new");
  }

  private void three() {
    stack.describe("old");
    stack.start("app:1", 3);
    stack.fewest();
    stack.describe("new");
  }

  @Test
  void containersDescribedOtherwiseAreReplacedOneBesideTheOther() throws Exception {
    three();
    rolling.renew("app:1", 3, RollingTest::current);
    assertThat(stack.apps()).hasSize(3).allMatch(RollingTest::current);
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(3);
    assertThat(stack.most()).isEqualTo(4);
  }

  @Test
  void fewerAreLeftWhenFewerAreWanted() throws Exception {
    three();
    rolling.renew("app:1", 1, RollingTest::current);
    assertThat(stack.apps()).singleElement().matches(RollingTest::current);
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void aNewOneThatIsNotWellGoesAgainAndTheOldOnesServeOn() {
    three();
    stack.breakImage("app:2");
    assertThatThrownBy(() -> rolling.renew("app:2", 3, RollingTest::current))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-APP-UNHEALTHY"));
    assertThat(stack.apps()).hasSize(3).allMatch(container -> container.hash().equals("old"));
    assertThat(stack.fewest()).isGreaterThanOrEqualTo(3);
  }
}
