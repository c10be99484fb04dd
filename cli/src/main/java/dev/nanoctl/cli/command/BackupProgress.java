package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.LiveLine;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.core.site.ByteSize;

/** Shows in the live line how a command of backups comes along. */
final class BackupProgress implements Backups.Progress, AutoCloseable {
  private final LiveLine live;
  private volatile String text;

  /**
   * Shows it on that output until it is closed.
   *
   * @param begun what is shown at first
   */
  BackupProgress(Output output, String begun) {
    text = begun;
    live = new LiveLine(output);
    live.show(() -> text);
  }

  @Override
  public void at(String what, long bytes) {
    text = bytes == 0 ? what : what + "  " + new ByteSize(bytes);
  }

  @Override
  public void close() {
    live.close();
  }
}
