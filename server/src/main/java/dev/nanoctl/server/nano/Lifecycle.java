package dev.nanoctl.server.nano;

import static dev.nanoctl.server.nano.NanoStatus.ARCHIVED;
import static dev.nanoctl.server.nano.NanoStatus.DELETED;
import static dev.nanoctl.server.nano.NanoStatus.DRAFT;
import static dev.nanoctl.server.nano.NanoStatus.PENDING_REVIEW;
import static dev.nanoctl.server.nano.NanoStatus.PUBLISHED;
import static dev.nanoctl.server.nano.NanoStatus.REJECTED;
import static dev.nanoctl.server.nano.NanoStatus.TAKEN_DOWN;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a nano's life: what may be done to it, by whom, and what it becomes. */
public final class Lifecycle {
  private Lifecycle() {}

  /** What becomes of an attempt. */
  public sealed interface Outcome {
    /** Done: the nano now has this status, which may be the one it had. */
    record Becomes(NanoStatus status) implements Outcome {}

    /** To this person the nano does not exist. */
    record Hidden() implements Outcome {}

    /** Nobody is signed in, and the nano is there for all to see. */
    record SignInFirst() implements Outcome {}

    /** This person may not do that. */
    record Forbidden() implements Outcome {}

    /** Not from the status it has. */
    record Refused() implements Outcome {}
  }

  /** True when someone in this standing may see a nano in this status. */
  public static boolean visible(NanoStatus status, Standing standing) {
    return switch (status) {
      case PUBLISHED -> true;
      case DRAFT, PENDING_REVIEW, REJECTED, ARCHIVED, TAKEN_DOWN ->
          standing.own() || standing.staff();
      case DELETED -> false;
    };
  }

  /** What becomes of a nano in this status when someone in this standing does that. */
  public static Outcome attempt(NanoStatus status, NanoAction action, Standing standing) {
    if (!visible(status, standing)) {
      return new Outcome.Hidden();
    }
    if (standing == Standing.GUEST) {
      return new Outcome.SignInFirst();
    }
    if (!allowed(action, standing)) {
      return new Outcome.Forbidden();
    }
    return next(status, action).<Outcome>map(Outcome.Becomes::new).orElseGet(Outcome.Refused::new);
  }

  /** The status that follows, or nothing where the step does not exist. */
  static Optional<NanoStatus> next(NanoStatus status, NanoAction action) {
    return Optional.ofNullable(
        switch (action) {
          case EDIT, ADD_VERSION ->
              switch (status) {
                case DRAFT, REJECTED -> DRAFT;
                case PUBLISHED, ARCHIVED -> status;
                case PENDING_REVIEW, TAKEN_DOWN, DELETED -> null;
              };
          case SUBMIT -> review(status, DRAFT, PENDING_REVIEW);
          case APPROVE -> review(status, PENDING_REVIEW, PUBLISHED);
          case REQUEST_CHANGES -> review(status, PENDING_REVIEW, DRAFT);
          case REJECT -> review(status, PENDING_REVIEW, REJECTED);
          case ARCHIVE -> status == PUBLISHED ? ARCHIVED : null;
          case RESTORE -> status == ARCHIVED ? PUBLISHED : null;
          case TAKE_DOWN -> status == PUBLISHED ? TAKEN_DOWN : null;
          case REINSTATE -> status == TAKEN_DOWN ? PUBLISHED : null;
          case UPHOLD -> status == TAKEN_DOWN ? ARCHIVED : null;
          case DELETE ->
              switch (status) {
                case DRAFT, REJECTED, ARCHIVED -> DELETED;
                case PENDING_REVIEW, PUBLISHED, TAKEN_DOWN, DELETED -> null;
              };
        });
  }

  /** A step of a review: a published nano stays published while its new version is judged. */
  private static @Nullable NanoStatus review(NanoStatus status, NanoStatus from, NanoStatus to) {
    if (status == PUBLISHED) {
      return PUBLISHED;
    }
    return status == from ? to : null;
  }

  private static boolean allowed(NanoAction action, Standing standing) {
    return switch (action) {
      case EDIT, ADD_VERSION, SUBMIT, ARCHIVE, RESTORE, DELETE -> standing.mayManage();
      case APPROVE, REQUEST_CHANGES, REJECT, TAKE_DOWN, REINSTATE, UPHOLD -> standing.mayDecide();
    };
  }
}
