package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import dev.nanoctl.server.importing.ImportListener;
import dev.nanoctl.server.importing.ImportSummary;
import java.nio.file.Path;
import java.util.Optional;

/** Brings nanos into an instance. */
public interface Imports {
  /**
   * Imports what is there and was not imported before.
   *
   * @param as the e-mail address of the account they are published under; empty: the first admin's
   */
  ImportSummary run(SiteFolder site, Path source, Optional<String> as, ImportListener listener);
}
