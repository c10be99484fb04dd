package dev.nanoctl.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplanationsTest {
  private final Explanations explanations = Explanations.all();

  @Test
  void everyCodeHasASummaryACauseAConsequenceAndAFix() {
    assertThat(explanations.list()).hasSizeGreaterThan(50);
    assertThat(explanations.list())
        .allSatisfy(explanation -> {
          assertThat(explanation.code()).matches("NC-[A-Z0-9-]+|[A-Z][A-Z0-9_]+");
          assertThat(explanation.summary()).isNotBlank().doesNotEndWith(".");
          assertThat(explanation.cause()).isNotBlank();
          assertThat(explanation.consequence()).isNotBlank();
          assertThat(explanation.fix()).isNotBlank();
        });
  }

  @Test
  void aCodeIsFoundAndAnotherIsNot() {
    assertThat(explanations.find("NC-NOT-INSTALLED").orElseThrow().fix()).contains("--site");
    assertThat(explanations.find("NC-NO-SUCH")).isEmpty();
  }
}
