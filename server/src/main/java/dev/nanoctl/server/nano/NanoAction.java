package dev.nanoctl.server.nano;

import java.util.Locale;

/** What someone may want to do with a nano. */
public enum NanoAction {
  /** Change its fields. */
  EDIT,
  /** Add a package to it. */
  ADD_VERSION,
  /** Ask for the review of its newest version. */
  SUBMIT,
  /** Publish what was submitted. */
  APPROVE,
  /** Send what was submitted back with wishes. */
  REQUEST_CHANGES,
  /** Refuse what was submitted. */
  REJECT,
  /** Take it off the shelf, keeping it. */
  ARCHIVE,
  /** Put an archived one back. */
  RESTORE,
  /** Hide a published one for a reason of the house. */
  TAKE_DOWN,
  /** Publish again what was taken down. */
  REINSTATE,
  /** Make a take-down final. */
  UPHOLD,
  /** Remove it. */
  DELETE;

  /** The name used in messages and in the audit log. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
