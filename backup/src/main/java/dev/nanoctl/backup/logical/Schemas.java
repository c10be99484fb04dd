package dev.nanoctl.backup.logical;

/** The names of the schemas a restore works with. */
public final class Schemas {
  /** Where the application's tables are; the one that is used unless one says otherwise. */
  public static final String LIVE = "public";

  /** Where a backup is brought in, beside the live tables. */
  public static final String NEXT = "nanoctl_restore";

  /** Where the tables from before a restore are until it is accepted or undone. */
  public static final String BEFORE = "nanoctl_before_restore";

  private Schemas() {}
}
