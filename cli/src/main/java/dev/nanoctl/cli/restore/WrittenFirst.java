package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.postgres.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a recovery writes before its first step, which needs it: configuration and secrets. When no
 * step was begun, or all were undone, nothing of it is left; what somebody had prepared stays.
 */
final class WrittenFirst {
  private final Layout layout;
  private final boolean prepared;
  private final boolean secrets;
  private final boolean images;

  /** Looks at what is there now. */
  WrittenFirst(Layout layout) {
    this.layout = layout;
    this.prepared = Files.exists(layout.site().config());
    this.secrets = Files.exists(layout.site().secrets());
    this.images = Files.exists(layout.images());
  }

  /** Whether somebody put a configuration there. */
  boolean prepared() {
    return prepared;
  }

  void remove() {
    try {
      if (!prepared) {
        Files.deleteIfExists(layout.site().config());
      }
      if (!images) {
        Files.deleteIfExists(layout.images());
      }
      if (!secrets) {
        Trees.delete(layout.site().secrets());
      }
      for (Path folder : List.of(layout.backup(), layout.state(), layout.root())) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException _) {
      // somebody else's files stay
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
