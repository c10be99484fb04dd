package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.process.Commands;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The agent's process as commands see it. */
public final class AgentProcess {
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(25);

  private final Layout layout;

  /** The agent of the instance there. */
  public AgentProcess(Layout layout) {
    this.layout = layout;
  }

  /** The agent that runs now, if one does. */
  public Optional<RunningProcess> running() {
    return note()
        .map(json ->
            new RunningProcess(
                json.integer("pid").orElse(0), json.integer("start_ticks").orElse(-1)))
        .filter(RunningProcess::alive);
  }

  /** Since when it runs. */
  Optional<Instant> since() {
    return note().flatMap(json -> json.text("since")).map(Instant::parse);
  }

  /** Starts it as a daemon: in a session of its own, away from any terminal. */
  void launch(List<String> command) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("setsid"));
    line.addAll(command);
    Process process =
        new ProcessBuilder(line)
            .directory(layout.root().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(layout.log("agent").toFile()))
            .start();
    awaitStart(Optional.of(process));
  }

  /** Waits until it has said that it runs. */
  void awaitStart(Optional<Process> process) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (running().isEmpty()) {
      boolean ended = process.isPresent() && !process.get().isAlive();
      if (ended || System.nanoTime() > deadline) {
        throw new Problem.Unavailable(
                "NC-AGENT-FAILED",
                "the agent did not start: " + LogTail.lastLine(layout.log("agent")),
                "see nanoctl logs agent")
            .raise();
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Ends the agent of a site, whoever keeps it running. */
  public static void stop(Layout layout, Supervision supervision)
      throws IOException, InterruptedException {
    if (supervision != Supervision.DAEMON) {
      Instance instance = Instance.find(layout.site()).orElseThrow();
      Path unit =
          Systemd.file(supervision, instance.id(), Path.of(System.getProperty("user.home")));
      if (Files.exists(unit)) {
        Commands.run(new Systemd(supervision, unit).stop());
      }
    }
    new AgentProcess(layout).stop();
  }

  /** Asks it to stop everything, and waits until it has. */
  void stop() throws IOException, InterruptedException {
    Optional<RunningProcess> agent = running();
    if (agent.isPresent()) {
      agent.get().signal("TERM");
      if (!agent.get().awaitEnd(STOP)) {
        agent.get().signal("KILL");
        agent.get().awaitEnd(START);
      }
    }
    Files.deleteIfExists(layout.agent());
  }

  private Optional<JsonObject> note() {
    try {
      return Optional.of(Json.parseObject(Files.readString(layout.agent())));
    } catch (IOException | JsonSyntaxException | JsonTypeException e) {
      return Optional.empty();
    }
  }
}
