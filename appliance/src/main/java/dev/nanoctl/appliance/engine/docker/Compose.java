package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.core.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Docker Compose as a process: it compares a project with what runs and changes only what differs.
 *
 * @param project the project's name, whatever the file says
 * @param file the Compose file
 * @param host where the engine answers
 */
public record Compose(String project, Path file, java.net.URI host) {
  private static final int KEPT_LINES = 20;
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:Container|Network|Volume) +(\\S+) +([A-Z][a-z]+)\\s*");

  /**
   * Has these services run as the file says, all if none is named; those they need run, too.
   *
   * @param progress told about every container that changes, such as "postgres started"
   */
  public void up(List<String> services, Consumer<String> progress) throws InterruptedException {
    var arguments = new ArrayList<>(List.of("up", "--detach", "--no-build", "--quiet-pull"));
    if (services.isEmpty()) {
      arguments.add("--remove-orphans");
    }
    arguments.addAll(services);
    run(arguments, progress);
  }

  /** What Compose notes on a container of that service as the sign of how it was described. */
  public String hash(String service) throws InterruptedException {
    String prefix = service + " ";
    var found = new ArrayList<String>();
    read(
        List.of("config", "--hash", service),
        line -> {
          if (line.startsWith(prefix)) {
            found.add(line.substring(prefix.length()).strip());
          }
        });
    if (found.size() != 1) {
      throw failed("it tells no hash of the service " + service).raise();
    }
    return found.getFirst();
  }

  private void run(List<String> arguments, Consumer<String> progress) throws InterruptedException {
    read(arguments, line -> change(line).ifPresent(progress));
  }

  private void read(List<String> arguments, Consumer<String> lines) throws InterruptedException {
    List<String> command = command(arguments);
    Deque<String> last = new ArrayDeque<>();
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("DOCKER_HOST", host.toString());
      builder.environment().put("COMPOSE_ANSI", "never");
      Process process = builder.start();
      process.getOutputStream().close();
      try (var reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.accept(line);
          last.add(line.strip());
          if (last.size() > KEPT_LINES) {
            last.removeFirst();
          }
        }
      }
      int status = process.waitFor();
      if (status != 0) {
        throw failed("status %d: %s".formatted(status, told(last))).raise();
      }
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage())).raise(e);
    }
  }

  /** The command line, as anybody may repeat it. */
  List<String> command(List<String> arguments) {
    var line =
        new ArrayList<>(
            List.of(
                DockerTool.program(System.getenv()).map(Path::toString).orElse("docker"),
                "compose",
                "--project-name",
                project,
                "--file",
                file.toString(),
                "--progress",
                "plain"));
    line.addAll(arguments);
    return List.copyOf(line);
  }

  /** What a line of Compose says about a container, if it does: {@code app-1 started}. */
  Optional<String> change(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    String plain = name.startsWith(project + "-") ? name.substring(project.length() + 1) : name;
    return Optional.of(
        plain.replaceFirst("-1$", "") + " " + matcher.group(2).toLowerCase(java.util.Locale.ROOT));
  }

  /** The lines that say what went wrong, not those that say what went well. */
  private String told(Deque<String> lines) {
    List<String> said =
        lines.stream().filter(line -> !line.isEmpty() && change(line).isEmpty()).toList();
    return String.join("; ", said.subList(Math.max(0, said.size() - 3), said.size()));
  }

  private static Problem failed(String why) {
    return new Problem.Unavailable(
        "NC-COMPOSE-FAILED",
        "docker compose failed: " + why,
        "nanoctl logs names the service's own reason; nanoctl doctor looks at the engine");
  }
}
