package dev.nanoctl.backup.testing;

import dev.nanoctl.backup.manifest.JournalMemory;
import java.util.Optional;

/** Remembers a journal's head as long as the test runs. */
public final class HeadInMemory implements JournalMemory {
  private Optional<Head> head = Optional.empty();

  @Override
  public Optional<Head> load() {
    return head;
  }

  @Override
  public void save(Head seen) {
    head = Optional.of(seen);
  }
}
