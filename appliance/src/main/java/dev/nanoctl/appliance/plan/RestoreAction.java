package dev.nanoctl.appliance.plan;

/**
 * One step of bringing an instance's data back, as data. Every action may be repeated: what is done
 * already is left as it is.
 */
public sealed interface RestoreAction extends Action.Restore {
  /** Writes the database as it was beside the live one, and adds the objects that are missing. */
  record Fetch() implements RestoreAction {}

  /** Has PostgreSQL replay the log apart from everything, checks the result, and stops it. */
  record Replay() implements RestoreAction {}

  /** Removes what lies beside the live data and was not switched in. */
  record Discard() implements RestoreAction {}

  /** Puts the restored data in the place of the live ones, which are kept beside. */
  record SwitchIn() implements RestoreAction {}

  /** Puts the kept data in the place of the restored ones. */
  record SwitchBack() implements RestoreAction {}

  /** Removes what is derived from the data, so that it is made anew: the search index. */
  record DropDerived() implements RestoreAction {}
}
