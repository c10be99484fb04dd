package dev.nanoctl.cli;

import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.NanoctlCommand;
import dev.nanoctl.cli.output.Errors;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.shell.ShellLoop;
import dev.nanoctl.core.ProblemException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;

/** Understands the arguments, runs the verb, and tells what went wrong. */
final class Cli {
  private final Invocation invocation;
  private final Errors errors;
  private final IFactory factory;

  /** A program whose verbs work with these parts. */
  Cli(Invocation invocation, Parts parts) {
    this.invocation = invocation;
    this.errors = new Errors(invocation.output());
    this.factory = Commands.of(invocation, parts, new ShellLoop(invocation, this::run));
  }

  /** All commands and options, freshly built. */
  CommandLine commands() {
    return build(Verbs.all());
  }

  /** Runs one command line and answers the exit status. */
  int run(String... args) {
    return build(Verbs.of(List.of(args))).execute(args);
  }

  private CommandLine build(Map<String, Class<?>> verbs) {
    var root = new NanoctlCommand(invocation);
    var line = new CommandLine(root, factory);
    verbs.forEach(line::addSubcommand);
    headings(line);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Math.clamp(invocation.output().screen().width(), 55, 100));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            invocation.output().screen().colour() ? Ansi.ON : Ansi.OFF));
    line.setOut(new PrintWriter(invocation.output().writer(), true));
    line.setExecutionStrategy(parsed -> {
      root.apply();
      return new CommandLine.RunLast().execute(parsed);
    });
    line.setParameterExceptionHandler(this::misused);
    line.setExecutionExceptionHandler((e, _, _) -> failed(e));
    return line;
  }

  /** The help of every command looks alike. */
  private static void headings(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .synopsisHeading("usage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .commandListHeading("%ncommands:%n");
    line.getSubcommands().values().forEach(Cli::headings);
  }

  private int misused(ParameterException e, String[] args) {
    if (e.getCause() instanceof ProblemException known) {
      return failed(known);
    }
    // the arguments were not understood, but how to answer should be
    boolean json = List.of(args).contains("--json");
    boolean verbose = List.of(args).contains("--verbose");
    invocation.output().wishes(new Output.Wishes(json, false, verbose));
    var problem = UsageProblems.of(e);
    errors.tell(problem, e);
    return ExitStatus.of(problem);
  }

  private int failed(Exception e) {
    if (e instanceof ProblemException known) {
      errors.tell(known.problem(), known);
      return ExitStatus.of(known.problem());
    }
    errors.tellBug(e, Optional.empty());
    return ExitStatus.BUG;
  }
}
