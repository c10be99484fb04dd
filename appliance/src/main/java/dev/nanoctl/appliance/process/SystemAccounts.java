package dev.nanoctl.appliance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes and removes the unprivileged account that PostgreSQL runs under. */
public final class SystemAccounts {
  private static final String COMMENT = "nanoctl database";

  private SystemAccounts() {}

  /** Makes the account, unless it is there. */
  public static OsAccount create(String name) throws InterruptedException {
    if (OsAccount.named(name).isEmpty()) {
      Commands.run(
          List.of(
              "useradd",
              "--system",
              "--user-group",
              "--no-create-home",
              "--home-dir",
              "/nonexistent",
              "--shell",
              "/usr/sbin/nologin",
              "--comment",
              COMMENT,
              name));
    }
    return OsAccount.named(name).orElseThrow();
  }

  /** Removes an account that was made here; any other, or none, is left alone. */
  public static void delete(String name) throws InterruptedException {
    if (madeHere(name)) {
      Commands.run(List.of("userdel", name));
    }
  }

  /** Whether that account was made for nanoctl. */
  public static boolean madeHere(String name) {
    try (var lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines.anyMatch(
          line -> line.startsWith(name + ":") && line.contains(":" + COMMENT + ":"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
