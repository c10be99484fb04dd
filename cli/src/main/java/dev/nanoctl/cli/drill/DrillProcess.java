package dev.nanoctl.cli.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A drill as a process of its own, whose memory is given back when it ends. */
public final class DrillProcess {
  private static final Logger LOG = LoggerFactory.getLogger(DrillProcess.class);
  private static final int NOT_WELL = 3;
  private static final Duration END = Duration.ofSeconds(8);

  private DrillProcess() {}

  /**
   * Runs it to its end, or ends it when the thread is interrupted.
   *
   * @return whether it came to a report, whatever that says
   */
  public static boolean run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int status = process.waitFor();
      LOG.info("the drill ended with status {}", status);
      return status == 0 || status == NOT_WELL;
    } finally {
      process.destroy();
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
