package dev.nanoctl.server.media.store;

import dev.nanoctl.server.http.Outage;
import org.jspecify.annotations.Nullable;

/** Carries an {@link ObjectStoreProblem} to whoever can answer for it. */
public final class ObjectStoreException extends RuntimeException implements Outage {
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

  @Override
  public boolean isOutage() {
    return problem.isOutage();
  }

  @Override
  public String german() {
    return problem.isReadable()
        ? "Gerade kann nichts gespeichert werden. Bitte versuche es später noch einmal."
        : "Die Dateien sind gerade nicht erreichbar. Bitte versuche es später noch einmal.";
  }

  @Override
  public String english() {
    return problem.isReadable()
        ? "Nothing can be stored right now. Please try again later."
        : "The files cannot be reached right now. Please try again later.";
  }
}
