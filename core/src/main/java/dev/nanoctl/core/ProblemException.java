package dev.nanoctl.core;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} to the edge that reports it. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.code() + ": " + problem.message(), cause);
    this.problem = problem;
  }

  /** The failure itself. */
  public Problem problem() {
    return problem;
  }
}
