package dev.nanoctl.server.importing;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.server.media.store.ObjectStoreException;
import dev.nanoctl.server.media.store.ObjectStoreProblem;
import java.nio.file.Path;

/** Why an import as a whole cannot begin or go on. */
final class ImportProblems {
  private static final String AGAIN = "; then run the import again, it goes on where it stopped";

  private ImportProblems() {}

  static ProblemException notImportable(Path path) {
    return new Problem.Usage(
            "NC-IMPORT-SOURCE",
            path + " is nothing that can be imported",
            "give a .tar.gz or a folder of guides (each with nano.json and index.html), a ZIP or"
                + " an H5P package, or a folder of packages")
        .raise();
  }

  static ProblemException damaged(Path path, Exception cause) {
    return new Problem.Usage(
            "NC-IMPORT-DAMAGED",
            path + " is damaged and cannot be read to its end; nothing was imported",
            "transfer the file again, and check it with: gzip -t " + path)
        .raise(cause);
  }

  static ProblemException tooLarge(Path path) {
    return new Problem.Usage(
            "NC-IMPORT-TOO-LARGE",
            path + " unpacks to more than an import takes; nothing was imported",
            "split it into several archives")
        .raise();
  }

  static ProblemException unreadable(Path path, Exception cause) {
    return new Problem.Unavailable(
            "NC-IMPORT-READ",
            "reading or writing failed during the import of " + path + ": " + cause.getMessage(),
            "check the disk and the permissions" + AGAIN)
        .raise(cause);
  }

  static ProblemException interrupted() {
    return new Problem.Interrupted(
            "NC-INTERRUPTED",
            "the import was interrupted",
            "run it again, it goes on where it stopped")
        .raise();
  }

  static ProblemException store(ObjectStoreException e) {
    boolean full = e.problem() instanceof ObjectStoreProblem.Full;
    return new Problem.Unavailable(
            full ? "NC-DISK-FULL" : "NC-OBJECTS-UNAVAILABLE",
            e.problem().message(),
            (full ? "free some space" : "check the object store") + AGAIN)
        .raise(e);
  }
}
