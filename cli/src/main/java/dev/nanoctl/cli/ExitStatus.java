package dev.nanoctl.cli;

import dev.nanoctl.core.Problem;

/** What a process tells the program that called it. Decided here and nowhere else. */
public final class ExitStatus {
  /** All is done. */
  public static final int DONE = 0;

  /** Something nobody foresaw: a bug. */
  public static final int BUG = 1;

  private ExitStatus() {}

  /** The status of a failure. */
  public static int of(Problem problem) {
    return switch (problem) {
      case Problem.Usage _ -> 2;
      case Problem.NotWell _ -> 3;
      case Problem.NotInstalled _ -> 10;
      case Problem.Locked _ -> 11;
      case Problem.Preflight _ -> 12;
      case Problem.Configuration _ -> 13;
      case Problem.Unavailable _ -> 14;
      case Problem.Repository _ -> 15;
      case Problem.Verification _ -> 16;
      case Problem.RolledBack _ -> 17;
      case Problem.Interrupted _ -> 130;
    };
  }
}
