package dev.nanoctl.appliance;

/** How an instance's database is backed up and brought back. */
public enum BackupMethod {
  /** The files of its cluster and its log: every moment since the first backup can be had. */
  PHYSICAL,
  /**
   * The files and the log of a cluster that somebody else runs, which allows it: every moment can
   * be had. The cluster comes back apart from it, and of it the tables of the instance go there.
   */
  REPLICATED,
  /** What its tables hold, once a day or whenever asked for: the moments of backups can be had. */
  LOGICAL;

  /** What an instance is configured for; see decision 0141. */
  public static BackupMethod of(Instance instance) {
    return instance
        .external()
        .map(database -> database.replication() ? REPLICATED : LOGICAL)
        .orElse(PHYSICAL);
  }

  /** Whether log is shipped between backups. */
  public boolean logged() {
    return this != LOGICAL;
  }
}
