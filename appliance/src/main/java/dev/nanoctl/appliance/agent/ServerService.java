package dev.nanoctl.appliance.agent;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.process.Confinement;
import dev.nanoctl.appliance.process.RunningProcess;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.json.JsonSyntaxException;
import dev.nanoctl.core.json.JsonTypeException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The API server as the agent sees it: a process that carries its instance's id in its environment,
 * by which it is found again even when nobody noted its process id.
 */
public final class ServerService implements Service {
  private static final String MARK = "NANOCTL_SERVER_OF=";
  private static final Duration DRAIN = Duration.ofSeconds(25);
  private static final Duration KILL = Duration.ofSeconds(5);
  private static final Duration SAY = Duration.ofSeconds(1);

  private final String instance;
  private final List<String> command;
  private final Path folder;
  private final Path note;
  private final Path log;
  private final HealthProbe probe;

  /**
   * The server of that instance.
   *
   * @param command how to start it; may be empty where it is only looked for
   */
  public ServerService(String instance, List<String> command, Layout layout, HealthProbe probe) {
    this.instance = instance;
    this.command = List.copyOf(command);
    this.folder = layout.run();
    this.note = layout.process("server");
    this.log = layout.log("server");
    this.probe = probe;
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public Optional<RunningProcess> running() {
    return noted().filter(RunningProcess::alive).filter(this::marked).or(this::search);
  }

  @Override
  public RunningProcess start() throws IOException {
    var line = new ArrayList<>(List.of("setsid"));
    line.addAll(Confinement.of(command));
    var builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put(MARK.substring(0, MARK.length() - 1), instance);
    long pid = builder.start().pid();
    RunningProcess process = RunningProcess.of(pid).orElse(new RunningProcess(pid, -1));
    Files.writeString(
        note,
        Json.text(
            JsonObject.builder()
                .put("pid", process.pid())
                .put("start_ticks", process.startTicks())
                .build()));
    return process;
  }

  @Override
  public boolean healthy() {
    return probe.healthy();
  }

  @Override
  public void stop(RunningProcess process) throws IOException, InterruptedException {
    end(process, DRAIN);
  }

  /** Has it write where its threads are into its log first: nobody can find that out later. */
  @Override
  public void abandon(RunningProcess process) throws IOException, InterruptedException {
    process.signal("QUIT");
    process.awaitEnd(SAY);
    end(process, KILL);
  }

  private void end(RunningProcess process, Duration patience)
      throws IOException, InterruptedException {
    process.signal("TERM");
    if (!process.awaitEnd(patience)) {
      process.signal("KILL");
      process.awaitEnd(KILL);
    }
    Files.deleteIfExists(note);
  }

  @Override
  public boolean restartWhenMute() {
    return true;
  }

  private Optional<RunningProcess> noted() {
    try {
      JsonObject json = Json.parseObject(Files.readString(note));
      return Optional.of(
          new RunningProcess(
              json.integer("pid").orElse(0), json.integer("start_ticks").orElse(-1)));
    } catch (IOException | JsonSyntaxException | JsonTypeException e) {
      return Optional.empty();
    }
  }

  private Optional<RunningProcess> search() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.flatMap(handle -> RunningProcess.of(handle.pid()).stream())
          .filter(this::marked)
          .findFirst();
    }
  }

  private boolean marked(RunningProcess process) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      return List.of(new String(environment, StandardCharsets.UTF_8).split("\0"))
          .contains(MARK + instance);
    } catch (IOException e) {
      return false;
    }
  }
}
