package dev.nanoctl.backup.pg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs, unpacked once for a machine, and how an account that is not root runs
 * them.
 */
final class TestPrograms {
  private static final int NOBODY = 65_534;

  private TestPrograms() {}

  /** The folder with {@code bin}, {@code lib} and {@code share}. */
  static Path home() throws IOException, InterruptedException {
    byte[] archive = archive();
    Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
    Path home = tmp.resolve("nanoctl-backup-test-postgres-" + hash(archive).substring(0, 12));
    try (var lock =
            FileChannel.open(
                tmp.resolve(home.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = lock.lock()) {
      if (held.isValid() && !Files.exists(home)) {
        unpack(archive, home);
      }
    }
    return home;
  }

  private static void unpack(byte[] archive, Path home) throws IOException, InterruptedException {
    Path beside = Files.createTempDirectory(home.getParent(), "nanoctl-backup-test-unpack-");
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = beside.resolve("programs.txz");
    Files.write(file, archive);
    check(new ProcessBuilder("tar", "-xJf", file.toString(), "-C", beside.toString()));
    Files.delete(file);
    Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] archive() throws IOException {
    String kind = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    try (InputStream in =
        TestPrograms.class.getResourceAsStream("/postgres-linux-" + kind + ".txz")) {
      if (in == null) {
        throw new IOException("no PostgreSQL for " + kind);
      }
      return in.readAllBytes();
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean root() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  /** The command, under an account PostgreSQL accepts. */
  static List<String> unprivileged(List<String> command) throws IOException {
    List<String> line = new ArrayList<>();
    if (root()) {
      line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    line.addAll(command);
    return line;
  }

  /** Gives a tree to the account PostgreSQL runs under, and makes it as private as it wants. */
  static void own(Path tree) throws IOException {
    if (!root()) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", NOBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  static String check(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(builder.command() + ": " + output);
    }
    return output;
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
