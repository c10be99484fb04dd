package dev.nanoctl.backup;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The failures of a repository that an administrator has to know of. */
public final class RepositoryProblem {
  private RepositoryProblem() {}

  /** An object is missing, or its content is not what was written. */
  public static ProblemException damaged(String key, String why, @Nullable Throwable cause) {
    var problem =
        new Problem.Repository(
            "NC-REPO-DAMAGED",
            key + " " + why,
            "nanoctl backup verify says which backups are whole; the next backup stores anew what"
                + " is missing");
    return cause == null ? problem.raise() : problem.raise(cause);
  }

  /** An object is missing, or its content is not what was written. */
  public static ProblemException damaged(String key, String why) {
    return damaged(key, why, null);
  }

  /** The repository is older than this instance remembers it, or another history. */
  public static ProblemException rolledBack(String why) {
    return new Problem.Repository(
            "NC-REPO-ROLLED-BACK",
            "the repository is not the one that was written: " + why,
            "find out who replaced it; use the other target, or add this one anew to begin again")
        .raise();
  }

  /** There is something else, or nothing, where a repository should be. */
  public static ProblemException foreign(String why) {
    return new Problem.Repository(
            "NC-REPO-FOREIGN", why, "check the target's address: nanoctl backup target list")
        .raise();
  }

  /** No wrapped key can be opened with what was given. */
  public static ProblemException keyWrong(UUID repository) {
    return new Problem.Repository(
            "NC-REPO-KEY-WRONG",
            "this passphrase or recovery key does not open the repository " + repository,
            "check that the recovery kit is the one of this repository")
        .raise();
  }

  /** There is no room for another recovery key. */
  public static ProblemException tooManyKeys(int most) {
    return new Problem.Repository(
            "NC-REPO-KEYS-FULL",
            "%d keys open this repository already, and it takes no more".formatted(most),
            "use one of the recovery kits there are, or begin anew at another target")
        .raise();
  }

  /** What is typed from a recovery kit is not a key. */
  public static ProblemException kitMistyped(String why) {
    return new Problem.Usage(
            "NC-KIT-MISTYPED", "this is not a recovery key: " + why, "type all twelve groups again")
        .raise();
  }

  /** A check before publishing failed; nothing was published. */
  public static ProblemException notPublished(String why) {
    return new Problem.Verification(
            "NC-BACKUP-NOT-PUBLISHED",
            "the backup was not published: " + why,
            "earlier backups are as good as before; run the backup again")
        .raise();
  }

  /** Another process wrote to the repository's journal meanwhile. */
  public static ProblemException busy(String key) {
    return new Problem.Locked(
            "NC-REPO-BUSY",
            "another nanoctl wrote " + key + " meanwhile",
            "let only one instance write to this repository; then repeat")
        .raise();
  }

  /** Garbage collection found less than there must be, and stopped. */
  public static ProblemException shrunken(String why) {
    return new Problem.Repository(
            "NC-REPO-SHRUNKEN",
            "nothing was removed: " + why,
            "nanoctl backup verify, and look at the target's own console")
        .raise();
  }

  /** A backup has nothing to show for itself. */
  public static ProblemException noBackup(String why) {
    return new Problem.Repository("NC-BACKUP-NONE", why, "nanoctl backup list").raise();
  }
}
