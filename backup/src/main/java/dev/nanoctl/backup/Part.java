package dev.nanoctl.backup;

/** The parts of an appliance that a snapshot holds. */
public enum Part {
  /** The files of the PostgreSQL cluster, as a base backup sends them. */
  DATABASE,
  /** What people uploaded. */
  OBJECTS,
  /** The site's configuration. */
  CONFIG,
  /** Passwords, keys and certificates. */
  SECRETS
}
