package dev.nanoctl.server.broadcast;

/**
 * Follows the log of all changes of a site, in which each has a position that only grows: what was
 * made when the log was heard up to one position is untrue once a change of it stands at a later
 * one, whichever process looks at it.
 */
public interface Positions {
  /**
   * A log begins, or begins anew.
   *
   * @param log its name; positions of different logs cannot be compared
   * @param first the oldest position still known: of what changed before nothing can be said
   */
  void begin(String log, long first);

  /** This process has committed a change whose position is not known yet. */
  void changing(String topic);

  /** The position of a change that was {@link #changing}. */
  void changed(String topic, long at);

  /** Another process's change. */
  void heard(String topic, long at);

  /** Anything may have changed at this position. */
  void heardAll(long at);

  /** Every change up to this position has been told. */
  void upTo(long at);
}
