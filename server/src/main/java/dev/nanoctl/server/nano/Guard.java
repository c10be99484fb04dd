package dev.nanoctl.server.nano;

import dev.nanoctl.server.http.ApiError;
import dev.nanoctl.server.http.ApiException;
import dev.nanoctl.server.http.Principal;
import org.jspecify.annotations.Nullable;

/** Turns the outcome of an attempt into the status to go on with, or into the caller's error. */
final class Guard {
  private Guard() {}

  /** The status the nano will have; an {@link ApiException} if it may not come to that. */
  static NanoStatus require(NanoRow nano, NanoAction action, @Nullable Principal who) {
    NanoStatus status = nano.state().status();
    return switch (Lifecycle.attempt(status, action, Standing.of(who, nano.creatorId()))) {
      case Lifecycle.Outcome.Becomes(NanoStatus next) -> next;
      case Lifecycle.Outcome.Hidden _ -> throw notFound();
      case Lifecycle.Outcome.SignInFirst _ -> throw new ApiException(ApiError.UNAUTHORIZED);
      case Lifecycle.Outcome.Forbidden _ -> throw new ApiException(ApiError.FORBIDDEN);
      case Lifecycle.Outcome.Refused _ -> throw refused(status, action);
    };
  }

  static ApiException notFound() {
    return new ApiException(
        ApiError.NOT_FOUND, "Dieses Nano gibt es nicht.", "There is no such Nano.");
  }

  private static ApiException refused(NanoStatus status, NanoAction action) {
    return new ApiException(
        ApiError.INVALID_TRANSITION,
        "Im Status „%s“ ist „%s“ nicht möglich.".formatted(status.code(), action.code()),
        "“%s” is not possible while the Nano is “%s”.".formatted(action.code(), status.code()));
  }
}
