package dev.nanoctl.appliance.doctor;

/** What a check came to. */
public enum Outcome {
  /** Well. */
  OK,
  /** It works, and could be better. */
  WARNING,
  /** It does not work. */
  FAILED
}
