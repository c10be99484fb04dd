package dev.nanoctl.server.nano;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How nanos come in that are published at once, under an administrator's name. */
public interface NanoImports {
  /**
   * Publishes a nano whose package was found valid. Doing it twice with the same source changes
   * nothing; with another package or other fields the nano gets a new patch version.
   *
   * @param source what names the nano where it came from, at most 500 characters
   */
  ImportedNano importPublished(
      Handle tx, NanoFields fields, UUID packageId, String source, UUID importingUser);
}
