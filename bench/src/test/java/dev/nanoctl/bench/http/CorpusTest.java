package dev.nanoctl.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nanoctl.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir private Path temp;

  @Test
  void theFirstPassIsUnchangedAndEveryCopyHasASourceOfItsOwn() throws IOException {
    guide("a", "First");
    guide("b", "Second");

    Corpus.write(temp.resolve("guides"), temp.resolve("rows"), 5);

    assertThat(texts("source"))
        .containsExactlyInAnyOrder(
            "where a", "where b", "where a row 2", "where b row 3", "where a row 4");
    assertThat(texts("title")).containsExactlyInAnyOrder("First", "Second");
    assertThat(temp.resolve("rows/row-00003/index.html")).hasContent("<p>Second</p>");
  }

  @Test
  void aFolderWithoutGuidesIsTheCallersMistake() throws IOException {
    Files.createDirectories(temp.resolve("guides"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corpus.write(temp.resolve("guides"), temp.resolve("rows"), 1));
  }

  private void guide(String name, String title) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("guides/category").resolve(name));
    Files.writeString(folder.resolve("index.html"), "<p>" + title + "</p>");
    Files.writeString(
        folder.resolve("nano.json"),
        "{\"title\": \"%s\", \"source\": \"where %s\"}".formatted(title, name));
  }

  private Set<String> texts(String member) throws IOException {
    try (Stream<Path> files = Files.walk(temp.resolve("rows"))) {
      return files
          .filter(file -> file.endsWith("nano.json"))
          .map(CorpusTest::read)
          .map(text -> Json.parseObject(text).text(member).orElseThrow())
          .collect(Collectors.toSet());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
