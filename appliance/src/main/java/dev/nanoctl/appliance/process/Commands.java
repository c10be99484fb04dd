package dev.nanoctl.appliance.process;

import dev.nanoctl.core.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs of this machine and reads what they say. */
public final class Commands {
  private Commands() {}

  /** The program's output; a problem that quotes it when it fails. */
  public static String run(List<String> command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status == 0) {
        return output.strip();
      }
      throw failed(command, "status %d: %s".formatted(status, output.strip())).raise();
    } catch (IOException e) {
      throw failed(command, e.getMessage()).raise(e);
    }
  }

  private static Problem failed(
      List<String> command, @org.jspecify.annotations.Nullable String why) {
    return new Problem.Unavailable(
        "NC-COMMAND-FAILED",
        "%s failed: %s".formatted(String.join(" ", command), why),
        "run it by hand to see more; nanoctl doctor checks what it needs");
  }
}
