package dev.nanoctl.appliance.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One process of this boot of the machine: its id and its start time in clock ticks, which together
 * never mean another process, and which a changed wall clock does not disturb.
 */
public record RunningProcess(long pid, long startTicks) {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** The process with that id, unless it is gone or only its exit status is left. */
  public static Optional<RunningProcess> of(long pid) {
    try {
      String[] fields = statFields(pid);
      return fields[0].equals("Z") || fields[0].equals("X")
          ? Optional.empty()
          : Optional.of(new RunningProcess(pid, Long.parseLong(fields[19])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** This process. */
  public static RunningProcess current() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** Whether it still runs. */
  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** The folder it works in; empty when it is gone or not ours to see. */
  public Optional<Path> directory() {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Its command line, program first; empty when it is gone. */
  public List<String> command() {
    try {
      return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The short name the kernel keeps. */
  public String name() {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
    } catch (IOException e) {
      return "?";
    }
  }

  /** Sends a signal, such as {@code INT}; a process that is gone is no error. */
  public void signal(String name) throws IOException, InterruptedException {
    if (alive()) {
      new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /** Waits until it has ended; false when it still runs after that time. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (alive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /** The fields of /proc/PID/stat from the third on: the second may contain spaces. */
  private static String[] statFields(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }
}
