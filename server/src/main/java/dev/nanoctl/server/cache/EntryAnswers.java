package dev.nanoctl.server.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an entry in front forget the answers it keeps. It names each by the folder that the link
 * {@code current} leads to: once the link leads elsewhere, nothing kept before is found any more.
 * An answer that was asked for before a change is kept under the name from before it.
 *
 * <p>All servers of a site share the folder, and each swaps the link when it hears of a change.
 */
public final class EntryAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(EntryAnswers.class);

  /** Whoever looked the link up has long gone on after this. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private static final int CHANGES_BETWEEN_CLEANING = 200;

  private final Path folder;
  private final Path link;
  private int changes;

  /** Answers of the entry that shares this folder; what it kept so far is forgotten. */
  public EntryAnswers(Path folder) {
    this.folder = folder;
    this.link = folder.resolve("current");
    changed();
  }

  /** Makes every answer the entry keeps untrue. Does not fail: the entry keeps none for long. */
  public synchronized void changed() {
    String name = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    Path swapped = folder.resolve("next-" + name);
    try {
      Files.createDirectory(folder.resolve(name));
      Files.createSymbolicLink(swapped, Path.of(name));
      Files.move(swapped, link, StandardCopyOption.ATOMIC_MOVE);
      if (changes++ % CHANGES_BETWEEN_CLEANING == 0) {
        clean();
      }
    } catch (IOException e) {
      LOG.warn("the entry cannot be told of changes through {}: {}", folder, e.toString());
    }
  }

  private void clean() throws IOException {
    Path current = folder.resolve(Files.readSymbolicLink(link));
    Instant old = Instant.now().minus(GRACE);
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> left = all.filter(path -> !path.equals(current) && !path.equals(link)).toList();
      for (Path path : left) {
        if (lastChanged(path).isBefore(old)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Instant lastChanged(Path path) {
    try {
      return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException _) {
      return Instant.MAX; // another server was faster
    }
  }
}
