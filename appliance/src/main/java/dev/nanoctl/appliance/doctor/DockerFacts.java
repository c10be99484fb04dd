package dev.nanoctl.appliance.doctor;

import java.util.List;

/**
 * The Docker engine that an instance runs with, or is to.
 *
 * @param answers whether it answers at all; if not, nothing else is known
 * @param detail what was said when it did not
 */
public record DockerFacts(
    boolean answers, String detail, Versions versions, Daemon daemon, Room room, Net net) {

  /**
   * What is installed.
   *
   * @param engine such as {@code 28.5.2}
   * @param compose such as {@code 2.40.3}; empty where there is none
   */
  public record Versions(String engine, String compose) {}

  /**
   * How the engine is set up.
   *
   * @param cgroups {@code 1} or {@code 2}
   * @param storage the driver that keeps images
   * @param logs the drivers that can keep logs
   * @param security such as {@code rootless} or {@code selinux}
   */
  public record Daemon(String cgroups, String storage, List<String> logs, List<String> security) {
    /** Keeps its own copies. */
    public Daemon {
      logs = List.copyOf(logs);
      security = List.copyOf(security);
    }
  }

  /**
   * How much room there is.
   *
   * @param memory what the machine has, in bytes
   * @param limits what all containers together may take
   * @param disk what is free where the engine keeps images and volumes
   */
  public record Room(long memory, long limits, long disk) {}

  /**
   * Networks around the engine.
   *
   * @param forwards whether the kernel forwards packets between networks
   * @param drops whether a firewall drops what is forwarded, with no exception for containers
   * @param clash a network of this machine in the range that the engine takes its own from; empty
   *     without one
   * @param firewall a firewall that published ports pass by; empty without one
   * @param bridgeMtu the largest packet inside
   * @param uplinkMtu the largest packet that leaves the machine
   */
  public record Net(
      boolean forwards,
      boolean drops,
      String clash,
      String firewall,
      int bridgeMtu,
      int uplinkMtu) {}
}
