package dev.nanoctl.cli;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.journal.OperationLock;
import dev.nanoctl.cli.command.Operations;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.time.InstantSource;

/** Uses the lock of the instance, which the kernel takes back from whoever dies. */
final class SiteOperations implements Operations {
  private final InstantSource clock;

  SiteOperations(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void exclusively(SiteFolder site, String verb, Runnable work) {
    var layout = new Layout(site);
    if (!Files.isDirectory(layout.state())) {
      work.run(); // a configuration without an instance: nobody else can be at work
      return;
    }
    try (var _ = OperationLock.take(layout.lock(), layout.holder(), verb, clock.instant())) {
      work.run();
    }
  }
}
