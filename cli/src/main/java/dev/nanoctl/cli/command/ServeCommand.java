package dev.nanoctl.cli.command;

import dev.nanoctl.core.site.SiteFolder;
import picocli.CommandLine.Command;

/** {@code nanoctl serve}: started by the agent. */
@Command(name = "serve", description = "Run the API and web server in this process, until SIGTERM.")
public final class ServeCommand implements Runnable {
  /** The server. */
  public interface Server {
    /** Serves until this process is asked to end, then finishes what it has begun. */
    void serve(SiteFolder site);
  }

  private final Invocation invocation;
  private final Server server;

  /** Serves the instance that is meant. */
  public ServeCommand(Invocation invocation, Server server) {
    this.invocation = invocation;
    this.server = server;
  }

  @Override
  public void run() {
    server.serve(invocation.site());
  }
}
