package dev.nanoctl.appliance.engine.docker.project;

import java.util.Locale;

/** How much of the stack runs, and how much memory each part may take. */
public enum Profile {
  /** What the marketplace needs, on a machine with 2 GB. */
  MINIMAL,
  /** With metrics and alerts, on a machine with 4 GB. */
  STANDARD,
  /** With dashboards, collected logs, traces and pooled connections, on a machine with 8 GB. */
  FULL;

  /** As it is written in files: {@code minimal}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
