package dev.nanoctl.server.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GermanTextTest {
  private final GermanText text = new GermanText(Lexicon.EMPTY);

  private Analysis german(String word) {
    return text.analyse(word, Language.GERMAN);
  }

  @ParameterizedTest
  @CsvSource({
    "Bäume, Baum",
    "Baeume, Baum",
    "baume, Baum",
    "Häuser, Haus",
    "Haeuser, Haus",
    "hauser, Haus",
    "neue, neu",
    "neuer, neu",
    "aktuelle, aktuell",
    "Tabellen, Tabelle",
    "Serien, Serie",
    "Übungen, Uebung",
    "Bäuerin, Baeuerin",
    "Möglichkeiten, Moglichkeit",
    "blaue, blau",
    "Treue, treu",
    "Quellen, Quelle",
    "Zeilen, Zeile",
    "Fenstern, Fenster",
    "Dateien, Datei"
  })
  void inflectionsAndSpellingsShareAStem(String one, String other) {
    assertThat(german(one).stem()).isEqualTo(german(other).stem());
  }

  @ParameterizedTest
  @CsvSource({
    "Straße, Strasse",
    "Büro, Buero",
    "Büro, buro",
    "ÜBER, ueber",
    "Öffnung, Oeffnung",
    "Menüeintrag, Menueeintrag",
    "Menüeintrag, Menueintrag",
    "café, cafe",
    "neue, NEUE"
  })
  void spellingsOfOneWordShareAForm(String one, String other) {
    assertThat(german(one).form()).isEqualTo(german(other).form());
  }

  @ParameterizedTest
  @CsvSource({"Haus, Maus", "neu, nur", "Baum, Bau", "Zeile, Ziel", "Bauer, Bär", "Quelle, Qual"})
  void differentWordsStayDifferent(String one, String other) {
    assertThat(german(one).stem()).isNotEqualTo(german(other).stem());
  }

  @ParameterizedTest
  @CsvSource({
    "Serienbrief, Serien|Brief",
    "Sporthalle, Sport|Halle",
    "Schifffahrt, Schiff|Fahrt",
    "Schiffahrt, Schiff|Fahrt",
    "Arbeitsblatt, Arbeit|Blatt",
    "Seitenzahlen, Seite|Zahl",
    "Sprachwahl, Sprache|Wahl",
    "Straßenbahnhof, Straße|Bahn|Hof",
    "Donaudampf, ''",
    "Übungsaufgaben, Übung|Aufgabe",
    "Uebungsaufgabe, Übung|Aufgabe",
    "Übersicht, ''",
    "Kinderbuchladen, ''",
    "Haustür, Haus|Tür",
    "Arbeitszeitkonto, Arbeit|Zeit|Konto",
    "Formatierung, ''",
    "Automatisch, ''",
    "Unterschied, ''",
    "Hausaufgabenheft, Haus|Aufgabe|Heft"
  })
  void compoundsComeApart(String word, String pieces) {
    List<String> expected =
        pieces.isEmpty()
            ? List.of()
            : List.of(pieces.split("\\|")).stream().map(piece -> german(piece).stem()).toList();
    assertThat(german(word).pieces().stream().map(Analysis.Piece::stem)).isEqualTo(expected);
  }

  @Test
  void piecesMayBeCompoundsOfTheCorpusThemselves() {
    Set<String> corpus = Set.of(german("Serienbrief").stem(), german("Assistent").stem());
    GermanText learnt = new GermanText(stem -> corpus.contains(stem) ? 1 : 0);
    Analysis found = learnt.analyse("Serienbriefassistent", Language.GERMAN);
    assertThat(found.pieces().stream().map(Analysis.Piece::stem))
        .containsExactly("serienbrief", "seri", "brief", "assistent");
  }

  @ParameterizedTest
  @CsvSource({
    "eingefügt, einfügen", "einfügt, einfügen", "einzufügen, einfügen", "gespeichert, speichern",
    "kopierte, kopieren", "öffnet, öffnen", "Schülerinnen, Schüler", "Schüler:innen, Schüler",
    "gezeichnete, zeichnen", "Büros, Buero", "Menüs, Menü"
  })
  void verbFormsAndGenderedFormsFindTheirBase(String word, String base) {
    String joined = GermanText.words(word).getFirst().text();
    Analysis found = german(joined);
    assertThat(found.others()).contains(german(base).stem());
  }

  @ParameterizedTest
  @CsvSource({
    "WebDAV-Server, WebDAVServer|WebDAV|Web|DAV|Server",
    "LibreOffice, LibreOffice|Libre|Office",
    "bericht_2024.xlsx, bericht|2024|xlsx",
    "Schüler:innen, Schülerinnen",
    "SchülerInnen, SchülerInnen",
    "C++ und C#, C++|und|C#",
    "Ada's Buch, Ada|Buch",
    "don't, dont",
    "H5P, H5P|H|5|P",
    "2.4.1, 2|4|1",
    "PDFSeite, PDFSeite|PDF|Seite",
    "🙂, ''",
    "–, ''",
    "'a-', a"
  })
  void wordsAreCut(String line, String words) {
    List<String> expected = words.isEmpty() ? List.of() : List.of(words.split("\\|"));
    assertThat(GermanText.words(line).stream().map(Word::text)).isEqualTo(expected);
  }

  @Test
  void englishWordsKeepTheirDigraphs() {
    assertThat(text.analyse("values", Language.ENGLISH).stem())
        .isEqualTo(text.analyse("value", Language.ENGLISH).stem());
    assertThat(text.analyse("continued", Language.ENGLISH).stem())
        .isEqualTo(text.analyse("continue", Language.ENGLISH).stem());
  }

  @Test
  void otherLanguagesAreOnlyFolded() {
    assertThat(text.analyse("Élèves", Language.OTHER).stem()).isEqualTo("eleves");
  }
}
