package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses made from titles. */
final class SlugsTest {
  private static final UUID ID = UUID.fromString("01980000-0000-7000-8000-0000abcd1234");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Serienbriefe schreiben | serienbriefe-schreiben-abcd1234",
        "Größe & Maß ändern | groesse-mass-aendern-abcd1234",
        "ÜBER Öl | ueber-oel-abcd1234",
        "Café à la crème | cafe-a-la-creme-abcd1234",
        "  --Punkt.Punkt-- | punkt-punkt-abcd1234",
        "Łódź | lodz-abcd1234",
        "数学 | nano-abcd1234",
      })
  void aTitleBecomesPlainLetters(String title, String slug) {
    assertThat(Slugs.of(title, ID)).isEqualTo(slug);
  }

  @Test
  void anUmlautInTwoCodePointsIsTheSameUmlaut() {
    assertThat(Slugs.of("A\u0308pfel", ID)).isEqualTo("aepfel-abcd1234");
  }

  @Test
  void aLongTitleIsCutBetweenWords() {
    String slug = Slugs.of("wort ".repeat(40), ID);
    assertThat(slug).hasSizeLessThanOrEqualTo(89).matches("(wort-)+abcd1234");
  }
}
