package dev.nanoctl.server.http;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import io.helidon.http.RequestException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where exceptions become errors of the API. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** Somebody has to mend it first. */
  private static final Duration LATER = Duration.ofSeconds(30);

  private Failures() {}

  static ApiException translate(Throwable error, Exchange exchange) {
    if (error instanceof ApiException api) {
      return api;
    }
    if (error instanceof RequestException bad) {
      return new ApiException(ofStatus(bad.status().code()));
    }
    if (requestBrokeOff(error)) {
      return new ApiException(
          ApiError.BAD_REQUEST, "Die Anfrage brach ab.", "The request broke off.");
    }
    SQLException sql = cause(error, SQLException.class);
    if (sql != null && databaseIsDown(sql)) {
      LOG.warn("{}: the database does not answer: {}", exchange.origin.requestId(), sql.toString());
      return new ApiException(ApiError.DEPENDENCY_DOWN).retryAfter(Duration.ofSeconds(5));
    }
    if (error instanceof ProblemException problem
        && problem.problem() instanceof Problem.Unavailable down) {
      LOG.warn("{}: {}: {}", exchange.origin.requestId(), down.code(), down.message());
      return new ApiException(ApiError.DEPENDENCY_DOWN).retryAfter(Duration.ofSeconds(5));
    }
    Outage outage = cause(error, Outage.class);
    if (outage != null && outage.isOutage()) {
      LOG.warn("{}: {}", exchange.origin.requestId(), outage.toString());
      return new ApiException(ApiError.DEPENDENCY_DOWN, outage.german(), outage.english())
          .retryAfter(LATER);
    }
    LOG.error(
        "{}: {} {} failed", exchange.origin.requestId(), exchange.method, route(exchange), error);
    return new ApiException(ApiError.INTERNAL);
  }

  static boolean requestBrokeOff(Throwable error) {
    return cause(error, BrokenRequestException.class) != null;
  }

  private static String route(Exchange exchange) {
    return exchange.endpoint == null ? "?" : exchange.endpoint.path();
  }

  static ApiError ofStatus(int status) {
    return switch (status) {
      case 404 -> ApiError.NOT_FOUND;
      case 405 -> ApiError.METHOD_NOT_ALLOWED;
      case 411 -> ApiError.LENGTH_REQUIRED;
      case 413 -> ApiError.PAYLOAD_TOO_LARGE;
      case 414 -> ApiError.URI_TOO_LONG;
      case 415 -> ApiError.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> ApiError.HEADERS_TOO_LARGE;
      case 503 -> ApiError.DEPENDENCY_DOWN;
      default -> status >= 500 ? ApiError.INTERNAL : ApiError.BAD_REQUEST;
    };
  }

  private static <T> @Nullable T cause(Throwable error, Class<T> type) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }

  /** No connection, or the server is starting up or going down (SQL state classes 08, 53, 57). */
  static boolean databaseIsDown(SQLException error) {
    String state = error.getSQLState();
    return error instanceof SQLTransientException
        || error instanceof SQLRecoverableException
        || (state != null
            && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")));
  }
}
