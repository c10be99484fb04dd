package dev.nanoctl.appliance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An account of this machine that processes run under. */
public record OsAccount(String name, int uid, int gid) {
  private static final Path ACCOUNTS = Path.of("/etc/passwd");

  /** The account this process runs under. */
  public static OsAccount current() {
    try {
      int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      int gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
      return byUid(uid).orElseGet(() -> new OsAccount(System.getProperty("user.name"), uid, gid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The account of that name, if this machine has it. */
  public static Optional<OsAccount> named(String name) {
    return all().stream().filter(account -> account.name.equals(name)).findFirst();
  }

  /** The account that owns a file. */
  public static OsAccount owning(Path file) throws IOException {
    int uid = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    int gid = (Integer) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS);
    return byUid(uid).orElseGet(() -> new OsAccount("#" + uid, uid, gid));
  }

  /** Whether this is the superuser, whom PostgreSQL refuses. */
  public boolean isRoot() {
    return uid == 0;
  }

  /** The command, run under this account and in a session of its own, with the same process id. */
  public List<String> running(List<String> command) {
    var line = new java.util.ArrayList<String>(List.of("setsid"));
    if (current().uid != uid) {
      line.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
      line.add("--no-new-privs");
    }
    line.addAll(command);
    return List.copyOf(line);
  }

  /** Makes this account the owner of a file or folder. */
  public void own(Path file) throws IOException {
    Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<OsAccount> byUid(int uid) {
    return all().stream().filter(account -> account.uid == uid).findFirst();
  }

  private static List<OsAccount> all() {
    try (var lines = Files.lines(ACCOUNTS)) {
      return lines
          .map(line -> line.split(":"))
          .filter(f -> f.length > 3)
          .map(OsAccount::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OsAccount of(String[] fields) {
    return new OsAccount(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }
}
