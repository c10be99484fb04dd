package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.Layout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one more process of this program running beside an instance's services for as long as there
 * is need of it. It ends before they do.
 */
public final class Companion implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Companion.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(15);

  private final String name;
  private final BooleanSupplier needed;
  private final List<String> command;
  private final Path log;
  private final Thread thread;
  private Optional<Process> process = Optional.empty();
  private Duration pause = BEAT;
  private Instant next = steady();

  private Companion(String name, BooleanSupplier needed, List<String> command, Path log) {
    this.name = name;
    this.needed = needed;
    this.command = List.copyOf(command);
    this.log = log;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::untilClosed);
  }

  /**
   * Begins.
   *
   * @param needed asked every second
   * @param log what the process says is added to this file
   */
  static Companion start(String name, BooleanSupplier needed, List<String> command, Path log) {
    var companion = new Companion(name, needed, command, log);
    companion.thread.start();
    return companion;
  }

  /** The process that keeps backups, needed once a target was added. */
  public static Companion backups(Layout layout, List<String> command) {
    return start("backups", () -> hasTargets(layout), command, layout.log("agent"));
  }

  private static boolean hasTargets(Layout layout) {
    if (!Files.isDirectory(layout.backup()) || Files.exists(layout.stopped())) {
      return false;
    }
    try (DirectoryStream<Path> targets =
        Files.newDirectoryStream(layout.backup(), "*-target.json")) {
      return targets.iterator().hasNext();
    } catch (IOException _) {
      return false;
    }
  }

  private void untilClosed() {
    try {
      while (!Thread.interrupted()) {
        beat(steady());
        Thread.sleep(BEAT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void beat(Instant now) {
    boolean runs = process.filter(Process::isAlive).isPresent();
    boolean wanted = needed.getAsBoolean();
    if (runs && !wanted) {
      process.ifPresent(Process::destroy);
    } else if (!runs && wanted && !now.isBefore(next)) {
      boolean lasted = Duration.between(next, now).compareTo(LONGEST_PAUSE) > 0;
      pause = lasted ? BEAT : pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      next = now.plus(pause);
      launch();
    }
  }

  private void launch() {
    try {
      process =
          Optional.of(
              new ProcessBuilder(command)
                  .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                  .start());
    } catch (IOException e) {
      LOG.warn("{} cannot be started: {}", name, e.getMessage());
    }
  }

  /** A time that no change of the wall clock disturbs, good only for differences. */
  private static Instant steady() {
    return Instant.EPOCH.plusNanos(System.nanoTime());
  }

  /** Ends the process, and returns when it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    Optional<Process> last;
    synchronized (this) {
      last = process;
      process = Optional.empty();
      next = Instant.MAX;
    }
    last.ifPresent(Companion::end);
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
