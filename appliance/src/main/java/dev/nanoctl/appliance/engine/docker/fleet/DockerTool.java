package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Docker's own program, for what is a stream: archives of a database, and what a command in a
 * container reads. What it is given to read is never an argument, so that secrets stay unseen.
 */
public final class DockerTool {
  private static final List<String> FOLDERS =
      List.of("/usr/bin", "/usr/local/bin", "/opt/docker/bin", "/bin", "/snap/bin");

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final String program;

  private DockerTool(String program) {
    this.program = program;
  }

  /** The program of this machine, to be run. */
  public static Optional<DockerTool> find() {
    return program(System.getenv()).map(file -> new DockerTool(file.toString()));
  }

  /** Where the program of this machine is: on the PATH or where it usually is. */
  public static Optional<Path> program(Map<String, String> environment) {
    String path = environment.getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":", -1)), FOLDERS.stream())
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, "docker"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A script that gives PostgreSQL's programs the password file it reads, and leaves none. */
  static String withPassword(String command) {
    return """
    umask 077
    pass=$(mktemp /tmp/pass.XXXXXX)
    cat >"$pass"
    PGPASSFILE=$pass %s
    status=$?
    rm -f "$pass"
    exit $status
    """
        .formatted(command);
  }

  /** Runs it; what it printed. A problem when it fails. */
  public String run(String... arguments) throws InterruptedException {
    return run(List.of(arguments), "");
  }

  /** Runs it with something to read; what it printed. A problem when it fails. */
  public String run(List<String> arguments, String input) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(line(arguments)).redirectErrorStream(true).start();
      feed(process, input);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw failed(arguments, output);
      }
      return output.strip();
    } catch (IOException e) {
      throw failed(arguments, String.valueOf(e.getMessage()));
    }
  }

  /** Whether it succeeds. */
  public boolean succeeds(String... arguments) throws InterruptedException {
    try {
      run(arguments);
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }

  /**
   * Waits until a container says that it is well.
   *
   * @return whether it is, before the patience is at its end
   */
  boolean awaitHealthy(String container, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!run("inspect", "--format", "{{.State.Health.Status}}", container).equals("healthy")) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /** Has one command read what another prints; what the second printed. */
  String pipe(List<String> from, String input, List<String> to) throws InterruptedException {
    Path complaints = null;
    try {
      complaints = Files.createTempFile("nanoctl-docker-", ".log");
      var appended = ProcessBuilder.Redirect.appendTo(complaints.toFile());
      List<Process> both =
          ProcessBuilder.startPipeline(
              List.of(
                  new ProcessBuilder(line(from)).redirectError(appended),
                  new ProcessBuilder(line(to)).redirectError(appended)));
      feed(both.getFirst(), input);
      byte[] output = both.getLast().getInputStream().readAllBytes();
      int first = both.getFirst().waitFor();
      if (both.getLast().waitFor() != 0 || first != 0) {
        throw failed(from, Files.readString(complaints));
      }
      return new String(output, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw failed(from, String.valueOf(e.getMessage()));
    } finally {
      delete(complaints);
    }
  }

  private static void delete(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private List<String> line(List<String> arguments) {
    var line = new ArrayList<>(List.of(program));
    line.addAll(arguments);
    return line;
  }

  private static void feed(Process process, String input) throws IOException {
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e; // one that ended without reading says itself why
      }
    }
  }

  private static ProblemException failed(List<String> arguments, String said) {
    List<String> last = said.lines().map(String::strip).filter(text -> !text.isEmpty()).toList();
    String why = String.join("; ", last.subList(Math.max(0, last.size() - 3), last.size()));
    return new Problem.Unavailable(
            "NC-DOCKER-COMMAND",
            "docker %s failed: %s".formatted(arguments.getFirst(), why),
            "nanoctl doctor looks at the engine and its disk")
        .raise();
  }
}
