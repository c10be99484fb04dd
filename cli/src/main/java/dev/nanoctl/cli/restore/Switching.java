package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.postgres.Trees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Puts restored files in the place of live ones, and back, by renaming. Whatever happens in the
 * middle, doing it again leads to the same end: a file that is live, restored or kept is never
 * overwritten.
 */
final class Switching {
  private final RestoreFolders folders;

  Switching(RestoreFolders folders) {
    this.folders = folders;
  }

  /**
   * Switches in what was restored.
   *
   * @param names what to switch, relative to the site's folder; what was not restored stays
   */
  void in(List<String> names) throws IOException {
    for (String name : names) {
      Path live = folders.layout().root().resolve(name);
      Path next = folders.next().resolve(name);
      Path previous = folders.previous().resolve(name);
      if (Files.exists(next)) {
        if (Files.exists(live) && !Files.exists(previous)) {
          move(live, previous);
        }
        move(next, live);
      }
    }
  }

  /** Switches back to what was live before; what was restored lies beside again. */
  void back(List<String> names) throws IOException {
    for (String name : names.reversed()) {
      Path live = folders.layout().root().resolve(name);
      Path next = folders.next().resolve(name);
      Path previous = folders.previous().resolve(name);
      if (Files.exists(previous)) {
        if (Files.exists(live)) {
          Trees.delete(next);
          move(live, next);
        }
        move(previous, live);
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Path folder = to.resolveSibling(".").normalize();
    if (!Files.isDirectory(folder)) {
      Performer.privateFolder(folder);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(from.resolveSibling("."));
    sync(folder);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
