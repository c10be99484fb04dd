package dev.nanoctl.server.nano;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.server.http.Page;
import dev.nanoctl.server.http.Principal;
import dev.nanoctl.server.http.Role;
import dev.nanoctl.server.testing.MarketFixture;
import dev.nanoctl.server.testing.OffsetClock;
import dev.nanoctl.server.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists, search documents and imports on a real database. */
final class CatalogueIT {
  private static final OffsetClock CLOCK = new OffsetClock();
  private static TestDatabase database;
  private static MarketFixture fixture;
  private static Catalogue catalogue;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    fixture = new MarketFixture(database.jdbi(), CLOCK);
    catalogue = fixture.market().catalogue();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void pagesDoNotOverlapAndTheTotalIsExact() {
    Principal creator = fixture.person(Role.CREATOR);
    for (int i = 0; i < 25; i++) {
      fixture.published(creator, "Seite " + i);
    }
    for (NanoFilter.Sort sort : NanoFilter.Sort.values()) {
      NanoFilter filter = by(creator, sort);
      List<String> seen = new ArrayList<>();
      for (int page = 1; page <= 3; page++) {
        Catalogue.Listing listing = catalogue.list(filter, new Page(page, 10));
        assertThat(listing.total()).isEqualTo(25);
        listing.items().forEach(item -> seen.add(text(item, "id")));
      }
      assertThat(seen).as("%s", sort).hasSize(25).doesNotHaveDuplicates();
    }
  }

  @Test
  void titlesSortAsInAGermanDictionary() {
    Principal creator = fixture.person(Role.CREATOR);
    for (String title :
        List.of("Zebra", "Äpfel", "apfelkern", "Ölfarbe", "Ohr", "Straße", "Strasse b")) {
      fixture.published(creator, title);
    }
    assertThat(titles(by(creator, NanoFilter.Sort.TITLE)))
        .containsExactly("Äpfel", "apfelkern", "Ohr", "Ölfarbe", "Straße", "Strasse b", "Zebra");
  }

  @Test
  void filtersNarrowDownAndCategoriesIncludeWhatIsBelow() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Sehr lang");
    JsonObject change =
        Json.parseObject(
            """
            {"duration_minutes": 599, "level": 3, "language": "en", "formats": ["video", "quiz"],
             "licence": "MPL-2.0", "categories": ["sprachen"]}
            """);
    fixture.market().nanos().change(Caller.of(creator), id, Optional.empty(), change);
    fixture.published(creator, "Anders");
    String me = creator.username();
    assertThat(found(List.of("sprachen"), any(), me)).containsExactly("Sehr lang");
    assertThat(found(List.of("sprachen", "textverarbeitung"), any(), me)).hasSize(2);
    assertThat(found(List.of(), facts(List.of(3), List.of(), List.of()), me))
        .containsExactly("Sehr lang");
    assertThat(found(List.of(), facts(List.of(), List.of("en"), List.of()), me))
        .containsExactly("Sehr lang");
    assertThat(found(List.of(), facts(List.of(), List.of(), List.of("quiz")), me))
        .containsExactly("Sehr lang");
    assertThat(found(List.of(), duration(500, 600), creator.id().toString()))
        .containsExactly("Sehr lang");
    assertThat(found(List.of(), duration(0, 10), me)).containsExactly("Anders");
    assertThat(found(List.of(), licence("MPL-2.0"), me)).containsExactly("Sehr lang");
    assertThat(found(List.of("gibt-es-nicht"), any(), me)).isEmpty();
  }

  @Test
  void onlyPublishedListedNanosAreInListsAndInSearch() {
    Principal creator = fixture.person(Role.CREATOR);
    Caller caller = Caller.of(creator);
    Nanos nanos = fixture.market().nanos();
    UUID draft = fixture.draft(creator, "Entwurf");
    UUID pending = fixture.submitted(creator, "In Prüfung");
    UUID archived = fixture.published(creator, "Archiviert");
    nanos.archive(caller, archived);
    UUID unlisted = fixture.published(creator, "Nur mit Link");
    nanos.change(
        caller, unlisted, Optional.empty(), Json.parseObject("{\"visibility\": \"unlisted\"}"));
    UUID shown = fixture.published(creator, "Sichtbar");
    assertThat(titles(by(creator, NanoFilter.Sort.NEWEST))).containsExactly("Sichtbar");
    Set<UUID> streamed = new HashSet<>();
    database
        .jdbi()
        .useTransaction(tx -> catalogue.streamPublished(tx, nano -> streamed.add(nano.id())));
    assertThat(streamed).contains(shown).doesNotContain(draft, pending, archived, unlisted);
    database
        .jdbi()
        .useTransaction(tx -> {
          for (UUID hidden : List.of(draft, pending, archived, unlisted)) {
            assertThat(catalogue.searchDocument(tx, hidden)).isEmpty();
          }
          assertThat(catalogue.searchDocument(tx, shown)).isPresent();
        });
    assertThat(catalogue.shown(unlisted.toString())).isPresent();
    assertThat(catalogue.shown(archived.toString())).isEmpty();
  }

  @Test
  void aSearchDocumentHoldsAllThatIsNeededToRenderAHit() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Serienbriefe schreiben");
    SearchDocument document =
        database.jdbi().withHandle(tx -> catalogue.searchDocument(tx, id)).orElseThrow();
    assertThat(document.packageText()).isEqualTo("Inhalt von 1.0.0");
    assertThat(document.fields().about().title()).isEqualTo("Serienbriefe schreiben");
    assertThat(document.shelves().categories())
        .containsExactly(
            new SearchDocument.Category("textverarbeitung", "Textverarbeitung", "Word processing"));
    assertThat(document.facts().creatorName()).isEqualTo("Ada L.");
    JsonObject listed =
        Json.parseObject(
            catalogue
                .list(by(creator, NanoFilter.Sort.NEWEST), MarketFixture.first())
                .items()
                .getFirst());
    assertThat(Json.parseObject(document.item())).isEqualTo(listed);
  }

  @Test
  void importingTwiceChangesNothingAndImportingAnewAddsAVersion() {
    Principal admin = fixture.person(Role.ADMIN);
    NanoFields fields = NanoForm.read(MarketFixture.form("Importiert"), _ -> List.of());
    UUID contents = fixture.contents("Text");
    ImportedNano first = bring(fields, contents, admin);
    assertThat(first.result()).isEqualTo(ImportedNano.Result.CREATED);
    assertThat(bring(fields, contents, admin).result()).isEqualTo(ImportedNano.Result.UNCHANGED);
    ImportedNano again = bring(fields, fixture.contents("Neuer Text"), admin);
    assertThat(again.result()).isEqualTo(ImportedNano.Result.UPDATED);
    assertThat(again.nanoId()).isEqualTo(first.nanoId());
    List<String> versions =
        database
            .jdbi()
            .withHandle(tx -> fixture.market().versions().list(tx, null, first.nanoId()));
    assertThat(versions).map(version -> text(version, "version")).containsExactly("1.0.1", "1.0.0");
    assertThat(titles(by(admin, NanoFilter.Sort.NEWEST))).containsExactly("Importiert");
  }

  @Test
  void anImportDoesNotBringBackWhatWasTakenOff() {
    Principal admin = fixture.person(Role.ADMIN);
    NanoFields fields = NanoForm.read(MarketFixture.form("Weg damit"), _ -> List.of());
    UUID contents = fixture.contents("Text");
    ImportedNano nano = bring(fields, contents, admin, "andere Quelle");
    fixture.market().nanos().archive(Caller.of(admin), nano.nanoId());
    ImportedNano again = bring(fields, fixture.contents("Anders"), admin, "andere Quelle");
    assertThat(again.result()).isEqualTo(ImportedNano.Result.UNCHANGED);
    assertThat(catalogue.shown(nano.nanoId().toString())).isEmpty();
  }

  @Test
  void anOldSlugLeadsToTheNewOne() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID id = fixture.published(creator, "Alter Titel");
    String old = slug(id);
    CLOCK.advance(Duration.ofSeconds(1));
    fixture
        .market()
        .nanos()
        .change(
            Caller.of(creator),
            id,
            Optional.empty(),
            Json.parseObject("{\"title\": \"Neuer Titel\"}"));
    assertThat(slug(id)).startsWith("neuer-titel-");
    assertThat(catalogue.shown(old)).contains(new Catalogue.Found.Moved(slug(id)));
  }

  @Test
  void relatedNanosShareTagsAndCategories() {
    Principal creator = fixture.person(Role.CREATOR);
    UUID one = fixture.published(creator, "Verwandt eins");
    fixture.published(creator, "Verwandt zwei");
    List<String> related = catalogue.related(one.toString(), 6).orElseThrow();
    assertThat(related).isNotEmpty().noneMatch(item -> text(item, "id").equals(one.toString()));
    assertThat(catalogue.related(UUID.randomUUID().toString(), 6)).isEmpty();
  }

  private static ImportedNano bring(NanoFields fields, UUID contents, Principal admin) {
    return bring(fields, contents, admin, "eine Quelle");
  }

  private static ImportedNano bring(
      NanoFields fields, UUID contents, Principal admin, String source) {
    return database
        .jdbi()
        .inTransaction(tx ->
            fixture.market().imports().importPublished(tx, fields, contents, source, admin.id()));
  }

  private static String slug(UUID id) {
    Catalogue.Found found = catalogue.shown(id.toString()).orElseThrow();
    return found instanceof Catalogue.Found.Here here ? text(here.json(), "slug") : "moved";
  }

  private static List<String> found(
      List<String> categories, NanoFilter.Facts facts, String creator) {
    return titles(new NanoFilter(categories, facts, creator, NanoFilter.Sort.NEWEST));
  }

  private static List<String> titles(NanoFilter filter) {
    return catalogue.list(filter, MarketFixture.first()).items().stream()
        .map(item -> text(item, "title"))
        .toList();
  }

  private static NanoFilter by(Principal creator, NanoFilter.Sort sort) {
    return new NanoFilter(List.of(), any(), creator.username(), sort);
  }

  private static NanoFilter.Facts any() {
    return duration(0, Integer.MAX_VALUE);
  }

  private static NanoFilter.Facts duration(int min, int max) {
    return new NanoFilter.Facts(List.of(), List.of(), List.of(), List.of(), min, max);
  }

  private static NanoFilter.Facts licence(String licence) {
    return new NanoFilter.Facts(
        List.of(), List.of(), List.of(), List.of(licence), 0, Integer.MAX_VALUE);
  }

  private static NanoFilter.Facts facts(
      List<Integer> levels, List<String> languages, List<String> formats) {
    return new NanoFilter.Facts(levels, languages, formats, List.of(), 0, Integer.MAX_VALUE);
  }

  private static String text(String json, String field) {
    return Json.parseObject(json).text(field).orElseThrow();
  }
}
