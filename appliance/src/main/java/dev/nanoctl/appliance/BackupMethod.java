package dev.nanoctl.appliance;

/** How an instance's database is backed up and brought back. */
public enum BackupMethod {
  /** The files of its cluster and its log: every moment since the first backup can be had. */
  PHYSICAL,
  /** What its tables hold, once a day or whenever asked for: the moments of backups can be had. */
  LOGICAL;

  /**
   * What fits an instance. A database that somebody else runs is read as its application reads it:
   * few of those who run one let others have its files and its log.
   */
  public static BackupMethod of(Instance instance) {
    return instance.external().isPresent() ? LOGICAL : PHYSICAL;
  }
}
