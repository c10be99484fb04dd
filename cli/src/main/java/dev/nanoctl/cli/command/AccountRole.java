package dev.nanoctl.cli.command;

/** What an account may do. */
public enum AccountRole {
  /** Reads, downloads and rates. */
  consumer,
  /** Also publishes. */
  creator,
  /** Also reviews. */
  moderator,
  /** May do everything. */
  admin
}
