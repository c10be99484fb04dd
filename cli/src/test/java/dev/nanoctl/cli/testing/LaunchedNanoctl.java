package dev.nanoctl.cli.testing;

import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is shipped, run as a process, for a site of its own: the launcher that this
 * build made, or the file that {@code -Dnanoctl.binary=/path} names.
 */
public final class LaunchedNanoctl {
  private static final Path PROGRAM =
      Path.of(System.getProperty("nanoctl.binary", "target/nanoctl/bin/nanoctl")).toAbsolutePath();
  private static final long PATIENCE_SECONDS = 300;

  private final Path site;

  /** For the instance in that folder. */
  public LaunchedNanoctl(Path site) {
    this.site = site;
  }

  /** What one call came to. */
  public record Result(int status, String out, String err) {
    /** Standard output as the one JSON object that it must be. */
    public JsonObject json() {
      return Json.parseObject(out);
    }
  }

  /** Where the instance lives. */
  public Path site() {
    return site;
  }

  /** Runs one command to its end, with nothing on its standard input. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    return fed("", arguments);
  }

  /** Runs one command to its end, with that text on its standard input. */
  public Result fed(String input, String... arguments) throws IOException, InterruptedException {
    Path in = Files.writeString(Files.createTempFile("nanoctl-in", ".txt"), input);
    Path out = Files.createTempFile("nanoctl-out", ".txt");
    Path err = Files.createTempFile("nanoctl-err", ".txt");
    try {
      Process process =
          builder(arguments)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("took too long: " + List.of(arguments));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.deleteIfExists(in);
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  /** Runs one command that must end with status 0. */
  public Result done(String... arguments) throws IOException, InterruptedException {
    Result result = run(arguments);
    if (result.status() != 0) {
      throw new AssertionError(List.of(arguments) + " ended with " + result);
    }
    return result;
  }

  /** Starts a command and lets it run. */
  public Process start(String... arguments) throws IOException {
    return builder(arguments)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A command that runs as the leader of a process group of its own, as a shell starts it. */
  public record Job(Process process, Path out, Path err) {
    /** Sends a signal to the whole group, as a terminal does on Ctrl-C. */
    public void signal(String name) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-s", name, "--", "-" + process.pid()).start().waitFor();
    }

    /** Waits for its end. */
    public Result end() throws IOException, InterruptedException {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end; it said: " + Files.readString(err));
      }
      var result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return result;
    }
  }

  /** Starts a command as a shell with job control does: it hears every signal. */
  public Job job(String... arguments) throws IOException {
    Path out = Files.createTempFile("nanoctl-out", ".txt");
    Path err = Files.createTempFile("nanoctl-err", ".txt");
    ProcessBuilder builder = builder(arguments);
    // whoever runs the tests in the background may have Ctrl-C ignored, and children inherit that
    builder.command().addAll(0, List.of("env", "--default-signal=INT,QUIT,TERM", "setsid"));
    return new Job(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  private ProcessBuilder builder(String... arguments) {
    var command = new ArrayList<String>();
    command.add(PROGRAM.toString());
    command.addAll(List.of("--site", site.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().remove("NANOCTL_SITE");
    builder.environment().put("LC_ALL", "C.UTF-8");
    if (System.getProperty("nanoctl.binary") == null) {
      builder.environment().put("NANOCTL_JAVA", System.getProperty("java.home"));
    }
    return builder;
  }

  /** A port that is free now. */
  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A secret as it lies in the site. */
  public String secret(String name) throws IOException {
    return Files.readString(site.resolve("secrets").resolve(name), StandardCharsets.UTF_8).strip();
  }
}
