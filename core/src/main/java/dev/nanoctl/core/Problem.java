package dev.nanoctl.core;

/**
 * A failure an administrator can act on. Anything else is a bug and keeps its stack trace.
 *
 * <p>Every problem has a stable code ({@code NC-PORT-IN-USE}), says what happened and what to do
 * about it. The kind decides the exit status, in one place, in the command line.
 */
public sealed interface Problem {
  /** The stable code, {@code NC-…}, that {@code nanoctl explain} knows. */
  String code();

  /** What happened: lower case, no full stop, never a secret. */
  String message();

  /** What to do: a command where one mends it. */
  String fix();

  /** The command was called wrongly; exit status 2. */
  record Usage(String code, String message, String fix) implements Problem {}

  /** Something was checked and is not well; exit status 3. */
  record NotWell(String code, String message, String fix) implements Problem {}

  /** There is no instance here; exit status 10. */
  record NotInstalled(String code, String message, String fix) implements Problem {}

  /** Another operation holds the instance; exit status 11. */
  record Locked(String code, String message, String fix) implements Problem {}

  /** The machine is not fit for what was asked; nothing was changed; exit status 12. */
  record Preflight(String code, String message, String fix) implements Problem {}

  /** The site configuration, or a file an operator provided, is invalid; exit status 13. */
  record Configuration(String code, String message, String fix) implements Problem {}

  /** A service does not answer; exit status 14. */
  record Unavailable(String code, String message, String fix) implements Problem {}

  /** A repository or a key is missing, foreign or damaged; exit status 15. */
  record Repository(String code, String message, String fix) implements Problem {}

  /** A check of what was written failed; exit status 16. */
  record Verification(String code, String message, String fix) implements Problem {}

  /** The operation failed and everything it had done was undone; exit status 17. */
  record RolledBack(String code, String message, String fix) implements Problem {}

  /** The operator interrupted the operation; exit status 130. */
  record Interrupted(String code, String message, String fix) implements Problem {}

  /** This problem as an exception to throw. */
  default ProblemException raise() {
    return new ProblemException(this, null);
  }

  /** This problem as an exception to throw, keeping what caused it for {@code --verbose}. */
  default ProblemException raise(Throwable cause) {
    return new ProblemException(this, cause);
  }
}
