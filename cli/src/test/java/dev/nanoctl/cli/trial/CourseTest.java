package dev.nanoctl.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.cli.command.SelfTest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
  private final List<String> heard = new ArrayList<>();
  private final Course course =
      new Course(
          new SelfTest.Listener() {
            @Override
            public void began(String doing) {
              heard.add(doing);
            }

            @Override
            public void ended(SelfTest.Step step) {
              heard.add(step.name() + (step.ok() ? "" : " failed"));
            }
          },
          InstantSource.system());

  private void clearUp() {
    course.finish("clear up", "cleared up", () -> "");
  }

  @Test
  void afterAFailureOnlyTheClearingUpIsDone() {
    course.step("one", "first", () -> "");
    course.step(
        "two",
        "second",
        () -> {
          throw FrontDoor.failed("the store refuses").raise();
        });
    course.step("three", "third", () -> "");
    assertThat(course.isWell()).isFalse();
    clearUp();
    assertThat(heard)
        .containsExactly("one", "first", "two", "two failed", "clear up", "cleared up");
    assertThat(course.end()).extracting(SelfTest.Step::ok).containsExactly(true, false, true);
  }

  @Test
  void whoBreaksItOffWaitsForTheClearingUpWhichIsNotDisturbed() {
    course.step(
        "one",
        "first",
        () -> {
          Thread.currentThread().interrupt();
          Thread.sleep(1);
          return "";
        });
    course.step("two", "second", () -> "");
    Thread.currentThread().interrupt(); // again, for good measure
    course.finish(
        "clear up",
        "cleared up",
        () -> {
          Thread.sleep(1);
          return "";
        });
    assertThat(heard).containsExactly("one", "clear up", "cleared up");
    assertThatThrownBy(course::end).hasMessageContaining("NC-INTERRUPTED");
  }

  @Test
  void aBugIsToldAfterTheClearingUp() {
    var bug = new IllegalStateException("bug");
    course.step(
        "one",
        "first",
        () -> {
          throw bug;
        });
    clearUp();
    assertThat(heard).contains("cleared up");
    assertThatThrownBy(course::end).isSameAs(bug);
  }
}
