package dev.nanoctl.appliance.plan;

import dev.nanoctl.appliance.Ports;
import java.nio.file.Path;

/**
 * Everything an installation's plan follows from. Written to the journal, so that an interrupted
 * installation continues with the very same plan. Holds no secret.
 *
 * @param unit where the agent's unit goes; unused without systemd
 */
public record InstallFacts(
    String instance, Found found, Ordered ordered, Ports ports, Host host, Path unit) {

  /** The same where the configuration that is there is a part of what is being made. */
  public InstallFacts withoutConfig() {
    var known = new Found(found.site(), false, found.data(), found.account());
    return new InstallFacts(instance, known, ordered, ports, host, unit);
  }

  /** What the operator asked for. */
  public record Ordered(String configText, String adminEmail) {}

  /** Who runs things on this machine. */
  public record Host(String account, Supervision supervision) {}
}
