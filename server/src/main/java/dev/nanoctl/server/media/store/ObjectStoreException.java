package dev.nanoctl.server.media.store;

import org.jspecify.annotations.Nullable;

/** Carries an {@link ObjectStoreProblem} to whoever can answer for it. */
public final class ObjectStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ObjectStoreProblem problem;

  ObjectStoreException(ObjectStoreProblem problem, @Nullable Throwable cause) {
    super(problem.message(), cause);
    this.problem = problem;
  }

  /** The failure itself. */
  public ObjectStoreProblem problem() {
    return problem;
  }
}
