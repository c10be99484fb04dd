package dev.nanoctl.appliance.postgres;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says why PostgreSQL did not start, from the last lines of its log. */
final class StartFailure {
  private static final int TAIL = 16 * 1024;

  private final String tail;

  StartFailure(Path log) {
    this.tail = tail(log);
  }

  Problem explain(int port) {
    if (tail.contains("Address already in use") || tail.contains("could not bind")) {
      return new Problem.Unavailable(
          "NC-PORT-IN-USE",
          "port %d, which postgres needs, is taken".formatted(port),
          "stop what holds it (nanoctl doctor names it), or choose another: nanoctl config set"
              + " postgres.port");
    }
    if (tail.contains("No space left on device")) {
      return new Problem.Unavailable(
          "NC-DISK-FULL",
          "postgres did not start: the disk is full",
          "make room, then: nanoctl start");
    }
    if (tail.contains("database files are incompatible with server")) {
      return new Problem.Unavailable(
          "NC-DATA-OTHER-MAJOR",
          "postgres did not start: the data directory was made by another major version",
          "use the nanoctl that made it, or restore a backup");
    }
    if (tail.contains("Cannot allocate memory") || tail.contains("out of memory")) {
      return new Problem.Unavailable(
          "NC-MEMORY",
          "postgres did not start: not enough memory",
          "free memory or raise the limit, then: nanoctl start");
    }
    return new Problem.Unavailable(
        "NC-POSTGRES-FAILED",
        "postgres did not start: " + lastFatal(),
        "see nanoctl logs postgres");
  }

  private String lastFatal() {
    List<String> fatal =
        tail.lines().filter(line -> line.contains("FATAL") || line.contains("PANIC")).toList();
    return fatal.isEmpty()
        ? "it gave no reason"
        : fatal.getLast().replaceFirst("^.*?(?=FATAL|PANIC)", "");
  }

  private static String tail(Path log) {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.max(0, all.length - TAIL);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
