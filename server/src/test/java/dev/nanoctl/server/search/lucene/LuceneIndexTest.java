package dev.nanoctl.server.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.server.search.SampleNanos;
import dev.nanoctl.server.search.SearchEntry;
import dev.nanoctl.server.search.SearchIndex;
import dev.nanoctl.server.search.SearchIndexContract;
import dev.nanoctl.server.search.SearchQuery;
import dev.nanoctl.server.search.SearchQuery.Filters;
import dev.nanoctl.server.search.SearchQuery.Sort;
import dev.nanoctl.server.search.SearchResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneIndexTest extends SearchIndexContract {
  @TempDir private Path folder;
  private LuceneIndex index;

  @BeforeEach
  void open() {
    index = new LuceneIndex(folder.resolve("index"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Override
  protected SearchIndex index() {
    return index;
  }

  private static SearchResult find(SearchIndex index, String text) {
    return index.search(new SearchQuery(text, Filters.NONE, Sort.RELEVANCE, 1, 20));
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      index.put(SampleNanos.german(i, "Serienbriefe Nummer" + i, "Text über Tabellen"));
    }
    index.flush();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.getFileName().toString().equals("write.lock")) {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }

  @Test
  void aCleanCloseKeepsEverything() {
    fill(20);
    long generation = index.generation();
    index.close();
    index = new LuceneIndex(folder.resolve("index"));
    assertThat(index.size()).isEqualTo(20);
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.GOOD);
    assertThat(index.generation()).isGreaterThan(generation);
    assertThat(find(index, "Serinbriefe").total()).isEqualTo(20);
  }

  @Test
  void aKillLosesNothingThatWasFlushed() throws IOException {
    fill(20);
    index.put(SampleNanos.german(99, "Nicht mehr geschrieben", ""));
    // what a killed process leaves: the files as they are now, nothing closed
    Path left = copy(folder.resolve("index"), folder.resolve("left"));
    try (LuceneIndex reopened = new LuceneIndex(left)) {
      assertThat(reopened.condition()).isEqualTo(SearchIndex.Condition.GOOD);
      assertThat(reopened.size()).isEqualTo(20);
      reopened.put(SampleNanos.german(100, "Danach geschrieben", ""));
      reopened.flush();
      assertThat(find(reopened, "danach").total()).isEqualTo(1);
    }
  }

  @Test
  void aDamagedIndexIsBegunAnewAndSaysSo() throws IOException {
    fill(300);
    index.close();
    Path damaged = largest(folder.resolve("index"));
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    }
    index = new LuceneIndex(folder.resolve("index"));
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.EMPTIED);
    assertThat(index.size()).isZero();
    fill(3);
    assertThat(index.size()).isEqualTo(3);
  }

  @Test
  void aTruncatedIndexIsBegunAnew() throws IOException {
    fill(50);
    index.close();
    Path damaged = largest(folder.resolve("index"));
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.setLength(file.length() / 3);
    }
    index = new LuceneIndex(folder.resolve("index"));
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.EMPTIED);
  }

  @Test
  void anIndexOfAnotherSchemaIsBegunAnew() throws IOException {
    fill(5);
    index.close();
    Path home = folder.resolve("index");
    Path current = home.resolve(Files.readString(home.resolve("current")).strip());
    try (var directory = new org.apache.lucene.store.NIOFSDirectory(current);
        var writer =
            new org.apache.lucene.index.IndexWriter(
                directory, new org.apache.lucene.index.IndexWriterConfig(null))) {
      writer.setLiveCommitData(java.util.Map.of("schema", "0", "analysis", "0").entrySet());
      writer.commit();
    }
    index = new LuceneIndex(home);
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.EMPTIED);
    assertThat(index.size()).isZero();
  }

  @Test
  void aMissingIndexIsBegunAndAbandonedOnesAreSweptAway() throws IOException {
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.EMPTIED);
    fill(2);
    index.close();
    Files.createDirectories(folder.resolve("index/index-77"));
    Files.writeString(folder.resolve("index/index-77/segments_1"), "half");
    index = new LuceneIndex(folder.resolve("index"));
    assertThat(index.size()).isEqualTo(2);
    assertThat(folder.resolve("index/index-77")).doesNotExist();
  }

  @Test
  void twoProcessesDoNotShareAnIndex() {
    assertThatThrownBy(() -> new LuceneIndex(folder.resolve("index")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.Locked.class);
              assertThat(e.problem().code()).isEqualTo("NC-SEARCH-INDEX-IN-USE");
            });
  }

  @Test
  void manyNewWordsCallForARebuild() {
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      StringBuilder words = new StringBuilder();
      for (int j = 0; j < 60; j++) {
        words.append(' ');
        random.ints(9, 'a', 'z').forEach(c -> words.append((char) c));
      }
      index.put(SampleNanos.german(i, "Titel", words.toString()));
    }
    try (SearchIndex.Rebuild rebuild = index.rebuild()) {
      rebuild.finish();
    }
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.GOOD);
    for (int i = 0; i < 40; i++) {
      StringBuilder words = new StringBuilder();
      for (int j = 0; j < 60; j++) {
        words.append(' ');
        random.ints(9, 'a', 'z').forEach(c -> words.append((char) c));
      }
      index.put(SampleNanos.german(i, "Titel", words.toString()));
    }
    index.flush();
    assertThat(index.condition()).isEqualTo(SearchIndex.Condition.OUTGROWN);
  }

  @Test
  void searchesGoOnWhileTheIndexChanges() throws Exception {
    fill(50);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers =
          Stream.generate(() -> threads.submit(() -> readUntil(stop))).limit(4).toList();
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 50; i++) {
          index.put(SampleNanos.german(i, "Serienbriefe Runde" + round, "Text"));
        }
        index.flush();
        if (round % 2 == 0) {
          rebuild();
        }
      }
      stop.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(index.size()).isEqualTo(50);
  }

  private void rebuild() {
    try (SearchIndex.Rebuild rebuild = index.rebuild()) {
      for (int i = 0; i < 50; i++) {
        rebuild.put(SampleNanos.german(i, "Serienbriefe neu", "Text"));
      }
      rebuild.finish();
    }
  }

  private int readUntil(AtomicBoolean stop) {
    int searches = 0;
    while (!stop.get()) {
      // every entry is replaced, never missing
      assertThat(find(index, "Serienbriefe").total()).isEqualTo(50);
      searches++;
    }
    return searches;
  }

  @Test
  void eitherLanguageOfAQueryIsEnough() {
    SearchEntry.Traits english = SampleNanos.traits("en", 1, "a", 5);
    String both = "Barrierefreiheit, auch Accessibility genannt";
    index.put(SampleNanos.german(1, "Barrierefreiheit herstellen", ""));
    index.put(SampleNanos.entry(2, "Accessibility basics", "", english));
    index.put(SampleNanos.german(3, "Lexikon", both));
    index.put(SampleNanos.german(4, "Glossar", both));
    index.put(SampleNanos.german(5, "Wörterbuch", both));
    for (int i = 10; i < 40; i++) {
      index.put(SampleNanos.german(i, "Kapitel", "Barrierefreiheit"));
      index.put(SampleNanos.entry(100 + i, "Chapter", "accessibility", english));
    }
    index.flush();
    assertThat(numbers("Barrierefreiheit Accessibility").subList(0, 2))
        .containsExactlyInAnyOrder(1, 2);
    assertThat(numbers("Barrierefreiheit Accessibility Glossar")).startsWith(4);
    assertThat(numbers("Barrierefreiheit Lexikon")).containsExactly(3);
    assertThat(numbers("Accessibility basics")).startsWith(2);
  }

  private List<Integer> numbers(String text) {
    return find(index, text).hits().stream()
        .map(hit -> (int) hit.id().getLeastSignificantBits())
        .toList();
  }

  @Test
  void noQueryBreaksTheSearch() {
    fill(30);
    Random random = new Random(42);
    String alphabet =
        "aäouüßzeESB \"'()[]{}*?~^+-&|!:\\/.,;#<>%\u202E\u05D0\u0627\u4E2D🙂\u0000\uD83D\u0301";
    for (int i = 0; i < 800; i++) {
      StringBuilder query = new StringBuilder();
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        query.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(find(index, query.toString())).isNotNull();
      assertThat(index.suggest(query.toString(), 5)).isNotNull();
    }
    assertThat(find(index, "x".repeat(10_000))).isNotNull();
    assertThat(find(index, "serien brief ".repeat(800))).isNotNull();
  }

  private static Path largest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }
}
