package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import picocli.CommandLine.Command;

/** {@code nanoctl agent}: started by {@code nanoctl start}, or by systemd. */
@Command(
    name = "agent",
    description = "Keep the instance's services running from this process, until SIGTERM.")
public final class AgentCommand implements Runnable {
  /** The agent. */
  public interface Agent {
    /** Looks after the services until this process is asked to end. */
    void run(SiteFolder site);
  }

  private final Invocation invocation;
  private final Agent agent;

  /** Looks after the instance that is meant. */
  public AgentCommand(Invocation invocation, Agent agent) {
    this.invocation = invocation;
    this.agent = agent;
  }

  @Override
  public void run() {
    agent.run(invocation.site());
  }
}
