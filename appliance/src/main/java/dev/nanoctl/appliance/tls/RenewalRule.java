package dev.nanoctl.appliance.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a certificate of an authority (ACME) is to be asked for: from what is known, nothing else.
 */
final class RenewalRule {
  static final Duration ASK = Duration.ofHours(12);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(12);
  private static final int STEEPNESS = 3;
  private static final int MOST_STEPS = 8;

  private RenewalRule() {}

  /**
   * The certificate that is served.
   *
   * @param wanted false for a stand-in, and for one of another authority or another name
   * @param share 0 to 1, another for each certificate: spreads renewals over time
   */
  record Present(Instant from, Instant until, boolean wanted, double share) {}

  /** When the authority itself would like it to be renewed (ARI), and when it said so. */
  record Window(Instant start, Instant end, Instant said) {}

  /**
   * What was tried in vain since the last success.
   *
   * @param count how often
   * @param last when
   * @param notBefore until when the authority wants to be left alone, if it said so
   */
  record Failures(int count, Instant last, Optional<Instant> notBefore) {
    static final Failures NONE = new Failures(0, Instant.EPOCH, Optional.empty());
  }

  /** What to do. */
  sealed interface Action {
    /** Get a new certificate now. */
    record Renew() implements Action {}

    /** Ask the authority when it would like to renew. */
    record Ask() implements Action {}

    /** Nothing before that time. */
    record Wait(Instant until) implements Action {}
  }

  /** What to do now. */
  static Action decide(
      Instant now, Optional<Present> present, Optional<Window> window, Failures failures) {
    Instant due = present.filter(Present::wanted).map(p -> due(p, window)).orElse(now);
    Instant allowed = allowed(failures, present.map(Present::share).orElse(0.0));
    Instant next = due.isAfter(allowed) ? due : allowed;
    if (!next.isAfter(now)) {
      return new Action.Renew();
    }
    boolean mayAsk = failures.count() == 0 && due.isAfter(now);
    Instant ask = window.map(w -> w.said().plus(ASK)).orElse(now);
    return mayAsk && !ask.isAfter(now) ? new Action.Ask() : new Action.Wait(next);
  }

  /** When less than a third of its life is left, or earlier where the authority says so. */
  static Instant due(Present present, Optional<Window> window) {
    Duration life = Duration.between(present.from(), present.until());
    long early = (long) (life.toMillis() / 30.0 * present.share());
    Instant ours = present.until().minus(life.dividedBy(3)).minusMillis(early);
    return window
        .map(w -> {
          long width = Math.max(0, Duration.between(w.start(), w.end()).toMillis());
          Instant theirs = w.start().plusMillis((long) (width * present.share()));
          return theirs.isBefore(ours) ? theirs : ours;
        })
        .orElse(ours);
  }

  /** When it may be tried again: 5 minutes after the first failure, then three times as long. */
  static Instant allowed(Failures failures, double share) {
    if (failures.count() == 0) {
      return Instant.MIN;
    }
    int steps = Math.min(failures.count() - 1, MOST_STEPS);
    Duration pause = FIRST_PAUSE.multipliedBy((long) Math.pow(STEEPNESS, steps));
    Duration kept = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    Instant ours = failures.last().plus(kept).plusMillis((long) (kept.toMillis() / 10.0 * share));
    return failures.notBefore().filter(theirs -> theirs.isAfter(ours)).orElse(ours);
  }
}
