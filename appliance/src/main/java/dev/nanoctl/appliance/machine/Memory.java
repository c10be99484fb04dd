package dev.nanoctl.appliance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Memory in bytes.
 *
 * @param total what this process may use at most: the machine's, or its control group's limit
 * @param available what is free now without pushing anything out
 */
public record Memory(long total, long available) {
  /** This machine's memory now. */
  public static Memory read() {
    return read(Path.of("/"));
  }

  /** The memory of the machine whose {@code /proc} and {@code /sys} are below that folder. */
  public static Memory read(Path root) {
    long total = field(root, "MemTotal");
    long available = field(root, "MemAvailable");
    OptionalLong limit = limit(root);
    if (limit.isEmpty() || limit.getAsLong() >= total) {
      return new Memory(total, available);
    }
    long used = number(root.resolve("sys/fs/cgroup/memory.current")).orElse(0);
    return new Memory(
        limit.getAsLong(), Math.max(0, Math.min(available, limit.getAsLong() - used)));
  }

  private static OptionalLong limit(Path root) {
    OptionalLong second = number(root.resolve("sys/fs/cgroup/memory.max"));
    return second.isPresent()
        ? second
        : number(root.resolve("sys/fs/cgroup/memory/memory.limit_in_bytes"));
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // "max", or not that version of control groups
    }
  }

  private static long field(Path root, String name) {
    try (var lines = Files.lines(root.resolve("proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
