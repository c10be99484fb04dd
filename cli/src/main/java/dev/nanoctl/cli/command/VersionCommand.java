package dev.nanoctl.cli.command;

import picocli.CommandLine.Command;

/** {@code nanoctl version}. */
@Command(name = "version", description = "Print the version.")
public final class VersionCommand implements Runnable {
  private final Invocation invocation;

  /** Prints there. */
  public VersionCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    String version = Version.current();
    String java = System.getProperty("java.version", "");
    if (invocation.output().wishes().json()) {
      invocation.output().json(json -> json.field("version", version).field("java", java));
    } else {
      invocation.output().line("nanoctl " + version + " · Java " + java);
    }
  }
}
