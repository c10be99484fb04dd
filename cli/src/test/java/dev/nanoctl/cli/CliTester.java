package dev.nanoctl.cli;

import dev.nanoctl.appliance.drift.Drifted;
import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.Prompts;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Screen;
import dev.nanoctl.cli.testing.TestCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls the program in this process, on a {@link FakeParts} instance, and keeps what it says. */
final class CliTester {
  private final FakeParts fake = new FakeParts();
  private final Path site;
  private final Map<String, String> environment = new HashMap<>(Map.of("LANG", "de_DE.UTF-8"));
  private int columns;
  private String answers = "";
  private List<Drifted> drifted = List.of();

  /** A program for that site, whose output is piped. */
  CliTester(Path site) {
    this.site = site;
  }

  FakeParts fake() {
    return fake;
  }

  /** From now on output goes to a terminal that wide. */
  CliTester onTerminal(int wide) {
    columns = wide;
    environment.put("TERM", "xterm-256color");
    return this;
  }

  CliTester with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What a person types when asked. */
  CliTester answering(String lines) {
    answers = lines;
    return this;
  }

  CliTester drifting(Drifted file) {
    drifted = List.of(file);
    return this;
  }

  /** Calls the program for the site. */
  TestCall call(String... arguments) {
    var all = new ArrayList<>(List.of("--site", site.toString()));
    all.addAll(List.of(arguments));
    return callPlain(all.toArray(new String[0]));
  }

  /** Calls the program with exactly these arguments. */
  TestCall callPlain(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status = cli(out, err).run(arguments);
    return new TestCall(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Cli cli(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    Screen screen =
        columns == 0 ? Screen.plain(environment) : Screen.terminal(environment, () -> columns);
    var output = new Output(stream(out), screen, stream(err), screen);
    var input = new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8));
    var prompts = new Prompts(output, input, columns > 0);
    return new Cli(new Invocation(output, prompts, environment), fake.parts(drifted));
  }

  private static PrintStream stream(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }
}
