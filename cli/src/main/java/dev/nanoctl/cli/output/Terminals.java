package dev.nanoctl.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds out what the standard streams of this process are. */
public final class Terminals {
  private static final int USUAL = 80;

  private Terminals() {}

  /** Whether the stream with that number (0 in, 1 out, 2 errors) is a terminal. */
  public static boolean isTerminal(int stream) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException _) {
      return false;
    }
  }

  /** What the stream with that number can show. */
  public static Screen screen(int stream, Map<String, String> environment) {
    return isTerminal(stream)
        ? Screen.terminal(environment, () -> columns(environment))
        : Screen.plain(environment);
  }

  /** Whether the terminal shows what is typed; nothing happens where there is none. */
  public static void echo(boolean shown) {
    try {
      new ProcessBuilder("stty", shown ? "echo" : "-echo")
          .redirectInput(Path.of("/dev/tty").toFile())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      // what is typed is shown, then
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** How wide the terminal is now; {@code COLUMNS} has the last word. */
  private static int columns(Map<String, String> environment) {
    String told = environment.getOrDefault("COLUMNS", "");
    if (told.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(told);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String text = size.strip();
      int columns = Integer.parseInt(text.substring(text.indexOf(' ') + 1));
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException _) {
      return USUAL;
    }
  }
}
