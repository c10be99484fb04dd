package dev.nanoctl.appliance;

/** The replication slots an instance keeps its log with, one for each target of backups. */
public final class ReplicationSlots {
  private static final String PREFIX = "nanoctl_";
  private static final int ID_DIGITS = 12;

  private ReplicationSlots() {}

  /**
   * The name of a target's slot. On a server that somebody else runs, on which there may be several
   * instances' slots, it begins with the instance's id.
   */
  public static String name(Instance instance, String target) {
    return instance.external().isPresent() ? foreignPrefix(instance) + target : PREFIX + target;
  }

  /** What the names of its slots on a server of somebody else begin with, and no others there. */
  static String foreignPrefix(Instance instance) {
    String digits = instance.id().replace("-", "");
    return PREFIX + digits.substring(0, Math.min(ID_DIGITS, digits.length())) + "_";
  }
}
