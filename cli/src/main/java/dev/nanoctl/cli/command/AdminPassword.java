package dev.nanoctl.cli.command;

import dev.nanoctl.appliance.Layout;
import java.nio.file.Path;

/** Where the first administrator's generated password is kept. */
public final class AdminPassword {
  private AdminPassword() {}

  /** The file, readable by its owner only. */
  public static Path file(Layout layout) {
    return layout.secret("admin-password");
  }
}
