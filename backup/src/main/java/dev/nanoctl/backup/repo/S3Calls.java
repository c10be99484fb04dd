package dev.nanoctl.backup.repo;

import dev.nanoctl.backup.RepositoryException;
import dev.nanoctl.backup.RepositoryException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Turns the answers of an S3 endpoint into typed failures, and repeats what may help. */
final class S3Calls {
  /** A call that may be repeated. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws MinioException, IOException;
  }

  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final Runnable beforeAgain;

  /** Runs something before a call is repeated, such as leaving the connection that failed. */
  S3Calls(Runnable beforeAgain) {
    this.beforeAgain = beforeAgain;
  }

  /** Runs the call, again after a short pause while the endpoint is unavailable. */
  <T> T retrying(String key, Call<T> call) throws RepositoryException {
    for (int attempt = 1; ; attempt++) {
      RepositoryException failure;
      try {
        return call.run();
      } catch (RepositoryException e) {
        failure = e;
      } catch (MinioException e) {
        failure = translate(key, e);
      } catch (IOException e) {
        failure = unavailable(key, e);
      } catch (IllegalStateException e) {
        failure = lost(key, e);
      }
      boolean again = failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.DAMAGED;
      if (!again || attempt == ATTEMPTS) {
        throw failure;
      }
      rest(attempt, failure);
      beforeAgain.run();
    }
  }

  private static void rest(int attempt, RepositoryException failure) throws RepositoryException {
    long pause = FIRST_PAUSE_MILLIS << (attempt * 2 - 2);
    try {
      Thread.sleep(Duration.ofMillis(pause + ThreadLocalRandom.current().nextLong(pause)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** The client throws a lost connection as an illegal state, its cause within. */
  private static RepositoryException lost(String key, IllegalStateException e) {
    if (e.getCause() instanceof IOException cause) {
      return unavailable(key, cause);
    }
    throw e;
  }

  private static RepositoryException unavailable(String key, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new RepositoryException(
        Kind.UNAVAILABLE, key, cause.getClass().getSimpleName() + ": " + cause.getMessage(), e);
  }

  /** Whether the endpoint refused to replace an object. */
  static boolean isTaken(MinioException e) {
    return e instanceof ErrorResponseException answer
        && (answer.response().code() == 412 || answer.response().code() == 409);
  }

  /** Whether the endpoint does not know what was asked for. */
  static boolean isUnknown(MinioException e) {
    return e instanceof ErrorResponseException answer
        && (answer.response().code() == 501
            || answer.response().code() == 400
            || "NotImplemented".equals(answer.errorResponse().code()));
  }

  static RepositoryException translate(String key, MinioException e) {
    if (!(e instanceof ErrorResponseException answer)) {
      return unavailable(key, e);
    }
    String code = String.valueOf(answer.errorResponse().code());
    int status = answer.response().code();
    Kind kind =
        switch (code) {
          case "NoSuchKey", "NoSuchObject", "NoSuchVersion", "ResourceNotFound" -> Kind.MISSING;
          case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden" ->
              Kind.DENIED;
          case "XMinioStorageFull", "QuotaExceeded" -> Kind.FULL;
          case "InvalidRange" -> Kind.DAMAGED;
          default -> byStatus(status);
        };
    return new RepositoryException(kind, key, "the endpoint answered " + status + " " + code, e);
  }

  private static Kind byStatus(int status) {
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.MISSING;
      case 416 -> Kind.DAMAGED;
      case 507 -> Kind.FULL;
      default -> Kind.UNAVAILABLE;
    };
  }
}
