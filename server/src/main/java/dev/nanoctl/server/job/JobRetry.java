package dev.nanoctl.server.job;

/**
 * The work cannot be done now, but maybe later: it is tried again a few times, and then ends as
 * this failure.
 */
public final class JobRetry extends Exception {
  private static final long serialVersionUID = 1L;

  private final JobFailure end;

  /** Tried again; {@code end} is what the owner is told when that did not help either. */
  public JobRetry(JobFailure end) {
    super(end);
    this.end = end;
  }

  JobFailure end() {
    return end;
  }
}
