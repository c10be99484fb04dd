package dev.nanoctl.cli.restore;

import dev.nanoctl.appliance.Layout;
import java.nio.file.Path;

/** Where restored data lie before they are switched in, and the live ones afterwards. */
record RestoreFolders(Layout layout) {
  /** All of it. */
  Path root() {
    return layout.root().resolve("restore");
  }

  /** What is being restored. */
  Path next() {
    return root().resolve("new");
  }

  /** What was live before a restore that nobody accepted yet. */
  Path previous() {
    return root().resolve("previous");
  }

  /** What was planned for the data in {@link #next}; there when the database was fetched. */
  Path planned() {
    return next().resolve("planned.json");
  }

  /** There when the restored database was opened, checked and stopped. */
  Path ready() {
    return next().resolve("ready");
  }

  /** What the last switch came to; there until it is accepted or undone. */
  Path pending() {
    return layout.state().resolve("restore.json");
  }

  /** The home of the restored cluster. */
  Path cluster() {
    return next().resolve("postgres");
  }
}
