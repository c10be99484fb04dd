package dev.nanoctl.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryAnswersTest {
  @TempDir private Path folder;

  @Test
  void everyChangeGivesAnswersANameThatNeverWas() throws Exception {
    var entry = new EntryAnswers(folder);
    var seen = new HashSet<Path>();
    for (int i = 0; i < 50; i++) {
      entry.changed();
      assertThat(seen.add(folder.resolve("current").toRealPath())).isTrue();
    }
  }

  @Test
  void theLinkLeadsSomewhereAtEveryMoment() throws Exception {
    var one = new EntryAnswers(folder);
    var other = new EntryAnswers(folder);
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var changing =
          threads.submit(() -> {
            for (int i = 0; i < 1000; i++) {
              (i % 2 == 0 ? one : other).changed();
            }
            done.set(true);
          });
      while (!done.get()) {
        assertThat(Files.isDirectory(folder.resolve("current").toRealPath())).isTrue();
      }
      changing.get();
    }
  }

  @Test
  void whatNobodyAsksForAnyMoreIsRemoved() throws Exception {
    new EntryAnswers(folder);
    Path before = folder.resolve("current").toRealPath();
    Path recent = Files.createDirectory(folder.resolve("recent"));
    Files.setLastModifiedTime(before, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));

    new EntryAnswers(folder);

    assertThat(before).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void aFolderThatIsGoneStopsNobody() throws IOException {
    var entry = new EntryAnswers(folder.resolve("none"));

    entry.changed();

    assertThat(folder.resolve("none")).doesNotExist();
  }
}
