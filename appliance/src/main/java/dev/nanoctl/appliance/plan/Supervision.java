package dev.nanoctl.appliance.plan;

/** Who keeps the agent running. */
public enum Supervision {
  /** Nobody: it is a daemon; the next command notices when it is gone. */
  DAEMON,
  /** The machine's systemd. */
  SYSTEMD_SYSTEM,
  /** The user's systemd. */
  SYSTEMD_USER
}
