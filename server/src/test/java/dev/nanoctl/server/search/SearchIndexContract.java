package dev.nanoctl.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchQuery.Sort;
import dev.nanoctl.server.search.SearchResult.Count;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every search engine of the product does. */
public abstract class SearchIndexContract {
  /** The index under test, empty before every test. */
  protected abstract SearchIndex index();

  private SearchResult find(String text) {
    return find(text, Filters.NONE, Sort.RELEVANCE);
  }

  private SearchResult find(String text, Filters filters, Sort sort) {
    return index().search(new SearchQuery(text, filters, sort, 1, 20));
  }

  private static List<Integer> numbers(SearchResult result) {
    return result.hits().stream().map(hit -> (int) hit.id().getLeastSignificantBits()).toList();
  }

  private List<Integer> found(String text) {
    return numbers(find(text));
  }

  private void fill(SearchEntry... entries) {
    for (SearchEntry entry : entries) {
      index().put(entry);
    }
    index().flush();
  }

  private static SearchEntry german(int number, String title) {
    return SampleNanos.german(number, title, "");
  }

  @Test
  void anEmptyIndexFindsNothing() {
    SearchResult result = find("Serienbrief");
    assertThat(result.hits()).isEmpty();
    assertThat(result.total()).isZero();
    assertThat(find("").hits()).isEmpty();
    assertThat(index().suggest("Ser", 5)).isEmpty();
  }

  @Test
  void whatIsPutIsSeenSoonWithoutFlushing() {
    index().put(german(1, "Serienbriefe schreiben"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(found("Serienbriefe")).containsExactly(1));
  }

  @Test
  void newWordsForgiveTypingErrorsSoonWhileOthersKeepChanging() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread stream =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 100; !stop.get(); i++) {
                index().put(german(100 + i % 50, "Tabelle Nummer" + i));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
              }
            });
    try {
      for (String word : List.of("Serienbriefe", "Leuchtturm", "Gezeitenkalender")) {
        index().put(german(word.length(), word + " verstehen"));
        String misspelt = word.replaceFirst("e", "");
        Awaitility.await()
            .atMost(Duration.ofSeconds(2))
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(() -> assertThat(found(misspelt)).containsExactly(word.length()));
      }
    } finally {
      stop.set(true);
      stream.join();
    }
  }

  @Test
  void aWordOfAnEntryThatIsGoneIsNoCorrection() {
    fill(german(1, "Windkraftanlagen"), german(2, "Tabellen drehen"));
    assertThat(find("Windkraftanlgen").correctedQuery()).isEqualTo("Windkraftanlagen");
    index().delete(SampleNanos.id(1));
    index().flush();
    assertThat(find("Windkraftanlgen").correctedQuery()).isNull();
    assertThat(find("Tabelen drehen").correctedQuery()).isEqualTo("Tabellen drehen");
  }

  @Test
  void puttingTwiceReplaces() {
    fill(german(1, "Tabellen drehen"), german(1, "Tabellen drehen"));
    fill(german(1, "Bilder drehen"));
    assertThat(index().size()).isEqualTo(1);
    assertThat(found("Tabellen")).isEmpty();
    assertThat(found("Bilder")).containsExactly(1);
  }

  @Test
  void whatIsDeletedIsGoneEverywhere() {
    fill(german(1, "Tabellen drehen"), german(2, "Tabellen verbinden"));
    index().delete(SampleNanos.id(1));
    index().delete(UUID.randomUUID());
    index().flush();
    assertThat(found("Tabellen")).containsExactly(2);
    assertThat(found("")).containsExactly(2);
    assertThat(index().suggest("Tab", 5)).containsExactly("Tabellen verbinden");
    assertThat(find("Tabellen").facets().get(Facet.LANGUAGE)).containsExactly(new Count("de", 1));
    assertThat(index().revisions()).containsExactly(Map.entry(SampleNanos.id(2), 2L));
  }

  @Test
  void theGenerationGrowsWithEveryVisibleChange() {
    long before = index().generation();
    fill(german(1, "Tabellen drehen"));
    long after = index().generation();
    assertThat(after).isGreaterThan(before);
    index().flush();
    assertThat(index().generation()).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "Bäume pflanzen, Baum",
    "Bäume pflanzen, Baeume",
    "Bäume pflanzen, baume",
    "Straßenkarte lesen, Strassenkarte",
    "Der neue Kalender, neuer",
    "Häuser bauen, haus",
    "Serienbriefe schreiben, Serien Brief",
    "Serienbriefe schreiben, Serien-Brief",
    "Serien Briefe schreiben, Serienbrief",
    "Serien-Briefe schreiben, Serienbrief",
    "Serienbriefe schreiben, Seirenbriefe",
    "Serienbriefe schreiben, Serinbrief",
    "Serienbriefe schreiben, Brief",
    "Windkraftanlagen verstehen, wintkraft anlage",
    "Windkraftanlagen verstehen, windkraft anlge",
    "Windkraftanlagen verstehen, Wintkraft-Anlage",
    "Windkraftanlagen verstehen, wind kraft anlagn",
    "Die Windkraftanlage, wintkraft anlagen",
    "Schülerinnenzeitung drucken, schuelerinen zeitungen",
    "Menüeintrag anlegen, Menueeintrag",
    "Bilder einfügen, eingefügt",
    "Tabelle gezeichnet, zeichnen",
    "Kurs für Schüler:innen, Schüler",
    "Bilder löschen, entfernen",
    "WebDAV-Server nutzen, webdav",
    "WebDAV-Server nutzen, server",
    "Programmieren in C++, c++",
    "Überschriften nummerieren, Uberschrift"
  })
  void peopleFindItHoweverTheyAsk(String title, String query) {
    fill(german(1, title), german(2, "Kuchen backen"), german(3, "Fahrräder reparieren"));
    assertThat(found(query)).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Printing spreadsheets, print",
    "Printing spreadsheets, spreadsheet",
    "Continued fractions, continue",
    "Saving values, value",
    "Saving values, vaules"
  })
  void englishIsFoundInItsForms(String title, String query) {
    SearchEntry.Traits english = SampleNanos.traits("en", 1, "math", 5);
    fill(SampleNanos.entry(1, title, "", english), german(2, "Kuchen backen"));
    assertThat(found(query)).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Haus, Maus",
    "Kuchen, Küste",
    "Serienbrief, Briefmarke",
    "Zeile, Ziel",
    "Windkraftanlage, Windkanal",
    "Windkraftanlage, Waldkraft Anleihe"
  })
  void whatIsAnotherWordIsNotFound(String title, String query) {
    fill(german(1, title), german(2, query), german(3, query + " im Alltag"), german(4, query));
    assertThat(found(query)).doesNotContain(1);
  }

  @Test
  void titlesWeighMoreThanTagsThanDescriptionThanBody() {
    SearchEntry.Traits traits = SampleNanos.traits("de", 1, "a", 5);
    String other = "Etwas über Gärten";
    fill(
        SampleNanos.entry(1, new SearchEntry.Texts(other, List.of(), "", "", "Makro"), traits, 3),
        SampleNanos.entry(2, new SearchEntry.Texts(other, List.of(), "", "Makro", ""), traits, 3),
        SampleNanos.entry(3, new SearchEntry.Texts(other, List.of(), "Makro", "", ""), traits, 3),
        SampleNanos.entry(4, new SearchEntry.Texts(other, List.of("Makro"), "", "", ""), traits, 3),
        SampleNanos.entry(
            5, new SearchEntry.Texts("Makro schreiben", List.of(), "", "", ""), traits, 3));
    assertThat(found("Makro")).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void exactWordsComeBeforeInflectedAndTheseBeforeMisspelt() {
    fill(german(1, "Tabellen drehen"), german(2, "Tabelle drehen"), german(3, "Tafel drehen"));
    assertThat(found("Tabelle drehen")).startsWith(2, 1);
    assertThat(found("Tabellen drehen")).startsWith(1, 2);
  }

  @Test
  void wordsSideBySideComeFirst() {
    String apart = "Zeile hier. " + "Und noch ein Satz dazwischen über Gärten. ".repeat(5);
    fill(
        SampleNanos.german(1, "Eins", apart + "Dann fixieren."),
        SampleNanos.german(2, "Zwei", apart.replace("Zeile", "Blume") + "Zeile fixieren."));
    assertThat(found("Zeile fixieren")).containsExactly(2, 1);
  }

  @Test
  void oneOfThreeWordsMayBeMissing() {
    fill(german(1, "Serienbriefe aus Tabellen drucken"), german(2, "Kuchen backen"));
    assertThat(found("Serienbriefe Tabellen mailmerge")).containsExactly(1);
  }

  @Test
  void facetsCountWithoutTheirOwnChoice() {
    fill(
        SampleNanos.entry(1, "Makro eins", "", SampleNanos.traits("de", 1, "a", 3)),
        SampleNanos.entry(2, "Makro zwei", "", SampleNanos.traits("de", 2, "b", 20)),
        SampleNanos.entry(3, "Makro drei", "", SampleNanos.traits("en", 2, "b", 90)));
    Filters level2 = new Filters(Map.of(Facet.LEVEL, Set.of("2")), 0, Integer.MAX_VALUE);
    SearchResult result = find("Makro", level2, Sort.RELEVANCE);
    assertThat(result.total()).isEqualTo(2);
    assertThat(result.facets().get(Facet.LEVEL))
        .containsExactly(new Count("1", 1), new Count("2", 2));
    assertThat(result.facets().get(Facet.CATEGORY)).containsExactly(new Count("b", 2));
    assertThat(result.facets().get(Facet.LANGUAGE))
        .containsExactly(new Count("de", 1), new Count("en", 1));
    assertThat(result.facets().get(Facet.DURATION))
        .containsExactly(new Count("16-30", 1), new Count("61-", 1));
    Filters both =
        new Filters(
            Map.of(Facet.LEVEL, Set.of("2"), Facet.LANGUAGE, Set.of("de")), 0, Integer.MAX_VALUE);
    assertThat(numbers(find("Makro", both, Sort.RELEVANCE))).containsExactly(2);
    assertThat(numbers(find("", new Filters(Map.of(), 10, 30), Sort.RELEVANCE))).containsExactly(2);
    Filters unknown = new Filters(Map.of(Facet.CATEGORY, Set.of("none")), 0, 600);
    assertThat(find("Makro", unknown, Sort.RELEVANCE).total()).isZero();
  }

  @Test
  void hitsAreSorted() {
    SearchEntry.Texts b = new SearchEntry.Texts("Berge", List.of(), "", "", "");
    SearchEntry.Texts a = new SearchEntry.Texts("Äpfel", List.of(), "", "", "");
    SearchEntry.Texts c = new SearchEntry.Texts("zelte", List.of(), "", "", "");
    fill(
        SampleNanos.entry(1, b, SampleNanos.traits("de", 1, "x", 30), 2.0),
        SampleNanos.entry(2, a, SampleNanos.traits("de", 1, "x", 10), 4.5),
        SampleNanos.entry(3, c, SampleNanos.traits("de", 1, "x", 20), 3.0));
    assertThat(numbers(find("", Filters.NONE, Sort.NEWEST))).containsExactly(3, 2, 1);
    assertThat(numbers(find("", Filters.NONE, Sort.RELEVANCE))).containsExactly(3, 2, 1);
    assertThat(numbers(find("", Filters.NONE, Sort.BEST))).containsExactly(2, 3, 1);
    assertThat(numbers(find("", Filters.NONE, Sort.TITLE))).containsExactly(2, 1, 3);
    assertThat(numbers(find("", Filters.NONE, Sort.SHORTEST))).containsExactly(2, 3, 1);
  }

  @Test
  void pagesDoNotOverlapAndMissNothing() {
    for (int i = 1; i <= 57; i++) {
      index().put(german(i, "Makro Nummer"));
    }
    index().flush();
    List<Integer> all = new java.util.ArrayList<>();
    for (int page = 1; page <= 4; page++) {
      SearchResult result =
          index().search(new SearchQuery("Makro", Filters.NONE, Sort.RELEVANCE, page, 20));
      assertThat(result.total()).isEqualTo(57);
      all.addAll(numbers(result));
    }
    assertThat(all).hasSize(57).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Serienbriefe schreiben | Serienbrief | <mark>Serienbriefe</mark> schreiben",
        "Serienbriefe schreiben | Brief | Serien<mark>briefe</mark> schreiben",
        "Serienbriefe schreiben | Serien Brief | <mark>Serienbriefe</mark> schreiben",
        "Bäume & <b>Büsche</b> | baum | <mark>Bäume</mark> &amp; &lt;b&gt;Büsche&lt;/b&gt;",
        "Tabellen drehen | Tabllen | <mark>Tabellen</mark> drehen",
        "Straßenkarten lesen | strasse | <mark>Straßen</mark>karten lesen",
        "Der Kurs für Köche | Koch | Der Kurs für <mark>Köche</mark>"
      })
  void theWordsThatWereMeantAreMarked(String title, String query, String marked) {
    fill(german(1, title));
    assertThat(find(query).hits()).extracting(SearchResult.Hit::title).containsExactly(marked);
  }

  @Test
  void longDescriptionsAreCutAroundTheFirstMark() {
    String long1 = "Viel Text davor ohne Belang. ".repeat(15) + "Hier steht das Makro am Ende.";
    fill(
        SampleNanos.entry(
            1,
            new SearchEntry.Texts("Titel", List.of(), "", long1, ""),
            SampleNanos.traits("de", 1, "a", 5),
            3));
    String description = find("Makro").hits().getFirst().description();
    assertThat(description).startsWith("… ").contains("<mark>Makro</mark>");
    assertThat(description.length()).isLessThan(360);
  }

  @Test
  void aMisspeltQueryIsCorrected() {
    fill(german(1, "Serienbriefe drucken"), german(2, "Tabellen drucken"));
    assertThat(find("serienbreife drucken").correctedQuery()).isEqualTo("Serienbriefe drucken");
    assertThat(find("Tabellen drucken").correctedQuery()).isNull();
    assertThat(find("Tabelle drucken").correctedQuery()).isNull();
    assertThat(find("qqqqqqqq").correctedQuery()).isNull();
  }

  @Test
  void suggestionsForgiveTypingErrors() {
    fill(
        german(1, "Serienbriefe schreiben"),
        german(2, "Serien von Zahlen füllen"),
        german(3, "Ein Brief an Serena"),
        german(4, "Übungen planen"));
    assertThat(index().suggest("Serienb", 5)).containsExactly("Serienbriefe schreiben");
    assertThat(index().suggest("serie", 5))
        .containsExactly("Serienbriefe schreiben", "Serien von Zahlen füllen");
    assertThat(index().suggest("Seirenbr", 5)).containsExactly("Serienbriefe schreiben");
    assertThat(index().suggest("Brief an S", 5)).containsExactly("Ein Brief an Serena");
    assertThat(index().suggest("ueb", 5)).containsExactly("Übungen planen");
    assertThat(index().suggest("serie", 1)).hasSize(1);
    assertThat(index().suggest("  ", 5)).isEmpty();
  }

  @Test
  void stopWordsNeitherMatterMuchNorExclude() {
    fill(german(1, "Die Kunst der Fuge"), german(2, "Kunst verstehen"), german(3, "Kuchen"));
    assertThat(found("die Kunst der Fuge")).startsWith(1);
    assertThat(found("wie geht das mit der Kunst")).containsExactlyInAnyOrder(1, 2);
    assertThat(found("die der")).containsExactly(1);
  }

  @Test
  void aRebuildReplacesEverythingAndKeepsWhatHappensMeanwhile() {
    fill(german(1, "Alte Tabellen"), german(2, "Alte Bilder"));
    long before = index().generation();
    try (SearchIndex.Rebuild rebuild = index().rebuild()) {
      rebuild.learn(german(2, "Alte Bilder"));
      rebuild.learn(german(3, "Neue Tabellen"));
      rebuild.put(german(2, "Alte Bilder"));
      index().put(german(4, "Zwischendurch"));
      index().delete(SampleNanos.id(2));
      rebuild.put(german(3, "Neue Tabellen"));
      assertThat(found("Alte")).contains(1);
      rebuild.finish();
    }
    assertThat(found("")).containsExactly(4, 3);
    assertThat(index().generation()).isGreaterThan(before);
    assertThat(index().condition()).isEqualTo(SearchIndex.Condition.GOOD);
    fill(german(5, "Danach"));
    assertThat(found("danach")).containsExactly(5);
  }

  @Test
  void anAbandonedRebuildChangesNothing() {
    fill(german(1, "Tabellen"));
    try (SearchIndex.Rebuild rebuild = index().rebuild()) {
      rebuild.put(german(2, "Bilder"));
    }
    assertThat(found("")).containsExactly(1);
    try (SearchIndex.Rebuild again = index().rebuild()) {
      again.finish();
    }
    assertThat(found("")).isEmpty();
  }
}
