package dev.nanoctl.server.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

final class LiveWordsTest {
  private final LiveWords words = new LiveWords();

  @Test
  void whatIsTakenOverIsKnownWithoutReadingAnIndex() {
    assertThat(words.areBehind()).isFalse();
    words.add(Set.of("tabelle", "drehen"));
    words.add(List.of("tabelle"));
    assertThat(words.areBehind()).isTrue();
    assertThat(words.areDue()).isTrue();
    assertThat(words.vocabulary().countOf("tabelle")).isZero();
    words.takeOver();
    assertThat(words.areBehind()).isFalse();
    assertThat(words.vocabulary().countOf("tabelle")).isEqualTo(2);
    assertThat(words.vocabulary().near("tablle", 1, 5)).hasSize(1);
  }

  @Test
  void takingOverRestsAWhile() {
    words.add(Set.of("tabelle"));
    words.takeOver();
    words.add(Set.of("bilder"));
    assertThat(words.areBehind()).isTrue();
    assertThat(words.areDue()).isFalse();
  }

  @Test
  void wordsNobodyHasAnyMoreAreForgottenAfterManyChanges() throws IOException {
    words.add(Set.of("tabelle"));
    words.takeOver();
    for (int i = 0; i < 1_050; i++) {
      words.removed();
    }
    assertThat(words.haveDrifted(200)).isFalse();
    assertThat(words.haveDrifted(100)).isTrue();
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(null))) {
      Document document = new Document();
      document.add(new StringField(Fields.WORDS, "bilder Bilder", Field.Store.NO));
      writer.addDocument(document);
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        words.read(reader);
      }
    }
    assertThat(words.haveDrifted(0)).isFalse();
    assertThat(words.vocabulary().countOf("tabelle")).isZero();
    assertThat(words.vocabulary().countOf("bilder")).isEqualTo(1);
  }
}
