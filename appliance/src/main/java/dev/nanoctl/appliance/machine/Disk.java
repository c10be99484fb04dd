package dev.nanoctl.appliance.machine;

import dev.nanoctl.appliance.process.Commands;
import dev.nanoctl.core.ProblemException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The disk below a folder that exists. */
public record Disk(Path folder) {
  private static final int PAGE = 8192;
  private static final int WRITES = 3;

  /** The disk of the nearest folder that exists, from that path upwards. */
  public static Disk near(Path path) {
    @Nullable Path folder = path.toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder)) {
      folder = folder.getParent();
    }
    return new Disk(folder == null ? Path.of("/") : folder);
  }

  /** Its file system's type. */
  public String type() {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Bytes that may be written. */
  public long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Files that may be made; empty where their number has no limit. */
  public OptionalInt inodes() throws InterruptedException {
    try {
      long total = count("%c");
      return total == 0
          ? OptionalInt.empty()
          : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, count("%d")));
    } catch (ProblemException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private long count(String format) throws InterruptedException {
    return Long.parseLong(Commands.run(List.of("stat", "-f", "-c", format, folder.toString())));
  }

  /** How long making a page durable takes, at best of a few; zero where nothing can be written. */
  public Duration fsync() {
    Duration best = Duration.ofDays(1);
    try {
      Path probe = Files.createTempFile(folder, ".nanoctl-", ".probe");
      try (var out = new FileOutputStream(probe.toFile())) {
        for (int i = 0; i < WRITES; i++) {
          long begin = System.nanoTime();
          out.write(new byte[PAGE]);
          out.getFD().sync();
          var took = Duration.ofNanos(System.nanoTime() - begin);
          best = took.compareTo(best) < 0 ? took : best;
        }
      } finally {
        Files.deleteIfExists(probe);
      }
      return best;
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  /** Whether files can be made here and programs run from here. */
  public boolean executable() {
    try (var mounts = Files.lines(Path.of("/proc/mounts"))) {
      String real = folder.toRealPath().toString();
      return mounts
          .map(line -> line.split(" "))
          .filter(fields -> fields.length > 3 && covers(fields[1], real))
          .max(java.util.Comparator.comparingInt(fields -> fields[1].length()))
          .map(fields -> !List.of(fields[3].split(",")).contains("noexec"))
          .orElse(true);
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean covers(String mount, String path) {
    return mount.equals("/") || path.equals(mount) || path.startsWith(mount + "/");
  }
}
