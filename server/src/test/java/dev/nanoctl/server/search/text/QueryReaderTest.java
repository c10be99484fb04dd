package dev.nanoctl.server.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryReaderTest {
  private static List<QueryTerm> read(String query, String... corpus) {
    Vocabulary.Builder words = new Vocabulary.Builder();
    for (String word : corpus) {
      words.add(GermanText.fold(word, Language.GERMAN), 1);
    }
    Vocabulary vocabulary = words.build();
    return new QueryReader(new GermanText(vocabulary), vocabulary).read(query, false);
  }

  @ParameterizedTest
  @CsvSource({
    "windkraft anlage, windkraftanlagen",
    "wintkraft anlage, windkraftanlagen",
    "windkraft anlge, windkraftanlagen",
    "wintkraft anlagen, windkraftanlage",
    "Wintkraft-Anlage, windkraftanlagen",
    "WintkraftAnlage, windkraftanlagen",
    "wind kraft anlge, windkraftanlagen",
    "seiren brief, serienbriefe",
    "Schülerinen Zeitung, schülerinnenzeitungen"
  })
  void everyPartOfAMisspeltCompoundStandsForIt(String query, String compound) {
    String stem = new Stems().german(Folding.german(compound));
    assertThat(read(query, compound, "kuchen", "anlage"))
        .allSatisfy(term -> assertThat(term.stems()).containsKey(stem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "waldkraft anleihe",
        "windkanal anlage",
        "kraft anlage",
        "wint anlage",
        "wintkraft"
      })
  void whatIsFurtherAwayDoesNot(String query) {
    String stem = new Stems().german("windkraftanlagen");
    assertThat(read(query, "windkraftanlagen", "anlage"))
        .allSatisfy(term -> assertThat(term.stems()).doesNotContainKey(stem));
  }

  @ParameterizedTest
  @CsvSource({"wintkraft anlage, .45", "windkraft anlage, .9", "wintkrafd anlage, .3"})
  void aCompoundWeighsLessTheMoreErrorsItTakes(String query, float weight) {
    String stem = new Stems().german("windkraftanlagen");
    Float weighed = read(query, "windkraftanlagen").getFirst().stems().get(stem);
    assertThat(weighed).isCloseTo(weight, within(.001f));
  }
}
