package dev.nanoctl.server.media.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Turns the answers of an S3 endpoint into typed problems, and repeats what may help. */
final class S3Failures {
  /** A call that may be repeated. */
  interface Call<T> {
    T run() throws MinioException, IOException;
  }

  private static final int FIRST_PAUSE_MILLIS = 100;

  private final String where;

  S3Failures(String where) {
    this.where = where;
  }

  /** Runs the call, again after a short pause while the endpoint is unavailable. */
  <T> T retrying(ObjectKey key, Call<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (MinioException e) {
        giveUpUnlessUnavailable(translate(key, e), attempt);
      } catch (IOException e) {
        giveUpUnlessUnavailable(unavailable(e), attempt);
      } catch (ObjectStoreException e) {
        giveUpUnlessUnavailable(e, attempt);
      } catch (IllegalStateException e) {
        giveUpUnlessUnavailable(unwrap(e), attempt);
      }
    }
  }

  /** The client throws a lost connection as an illegal state, its cause within. */
  ObjectStoreException unwrap(IllegalStateException e) {
    if (e.getCause() instanceof IOException lost) {
      return unavailable(lost);
    }
    throw e;
  }

  private static void giveUpUnlessUnavailable(ObjectStoreException failure, int attempt) {
    boolean again = failure.problem() instanceof ObjectStoreProblem.Unavailable;
    if (!again || attempt >= S3Settings.ATTEMPTS) {
      throw failure;
    }
    try {
      long pause = (long) FIRST_PAUSE_MILLIS << (attempt * 2 - 2);
      Thread.sleep(Duration.ofMillis(pause + ThreadLocalRandom.current().nextLong(pause)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  /** Whether the endpoint refused to replace an object. */
  static boolean isTaken(MinioException e) {
    if (e instanceof ErrorResponseException answer) {
      int status = answer.response().code();
      return status == 412 || status == 409;
    }
    return false;
  }

  ObjectStoreException translate(ObjectKey key, MinioException e) {
    if (!(e instanceof ErrorResponseException answer)) {
      return unavailable(e);
    }
    String code = String.valueOf(answer.errorResponse().code());
    return switch (code) {
      case "NoSuchKey", "NoSuchObject", "ResourceNotFound" ->
          new ObjectStoreProblem.NotFound(key).raise(e);
      case "NoSuchBucket" ->
          new ObjectStoreProblem.Unavailable(where, "there is no such bucket").raise(e);
      case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden" ->
          new ObjectStoreProblem.Denied(where, code).raise(e);
      case "XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded" ->
          new ObjectStoreProblem.Full(where).raise(e);
      default -> byStatus(key, answer, code);
    };
  }

  private ObjectStoreException byStatus(ObjectKey key, ErrorResponseException answer, String code) {
    return switch (answer.response().code()) {
      case 404 -> new ObjectStoreProblem.NotFound(key).raise(answer);
      case 401, 403 -> new ObjectStoreProblem.Denied(where, code).raise(answer);
      case 507 -> new ObjectStoreProblem.Full(where).raise(answer);
      default ->
          new ObjectStoreProblem.Unavailable(
                  where, "it answered " + answer.response().code() + " " + code)
              .raise(answer);
    };
  }

  ObjectStoreException unavailable(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return new ObjectStoreProblem.Unavailable(where, why).raise(e);
  }
}
