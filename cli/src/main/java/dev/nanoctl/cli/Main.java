package dev.nanoctl.cli;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.cli.command.AgentCommand;
import dev.nanoctl.cli.command.AuditVerifyCommand;
import dev.nanoctl.cli.command.CompletionCommand;
import dev.nanoctl.cli.command.ConfigEditCommand;
import dev.nanoctl.cli.command.ConfigGetCommand;
import dev.nanoctl.cli.command.ConfigSetCommand;
import dev.nanoctl.cli.command.ConfigShowCommand;
import dev.nanoctl.cli.command.ConfigValidateCommand;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.DriftCommand;
import dev.nanoctl.cli.command.ExplainCommand;
import dev.nanoctl.cli.command.ImportCommand;
import dev.nanoctl.cli.command.InstallCommand;
import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.LogsCommand;
import dev.nanoctl.cli.command.Prompts;
import dev.nanoctl.cli.command.RestartCommand;
import dev.nanoctl.cli.command.ResumeCommand;
import dev.nanoctl.cli.command.ServeCommand;
import dev.nanoctl.cli.command.ShellCommand;
import dev.nanoctl.cli.command.StartCommand;
import dev.nanoctl.cli.command.StatusCommand;
import dev.nanoctl.cli.command.StopCommand;
import dev.nanoctl.cli.command.UninstallCommand;
import dev.nanoctl.cli.command.UserCreateCommand;
import dev.nanoctl.cli.command.UserListCommand;
import dev.nanoctl.cli.command.UserResetPasswordCommand;
import dev.nanoctl.cli.command.UserRoleCommand;
import dev.nanoctl.cli.command.VersionCommand;
import dev.nanoctl.cli.data.SiteDatabase;
import dev.nanoctl.cli.data.SiteImports;
import dev.nanoctl.cli.data.SiteUpkeep;
import dev.nanoctl.cli.data.SiteUsers;
import dev.nanoctl.cli.logs.Logging;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Terminals;
import dev.nanoctl.cli.serve.Serving;
import dev.nanoctl.cli.shell.ShellLoop;
import dev.nanoctl.core.explain.Explanations;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The program: puts the parts together, and is the only place that does. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its status. */
  @SuppressWarnings("SystemOut") // the one place that knows the process's streams
  public static void main(String[] args) {
    Logging.silence();
    Map<String, String> environment = System.getenv();
    var output =
        new Output(
            stream(FileDescriptor.out),
            Terminals.screen(1, environment),
            stream(FileDescriptor.err),
            Terminals.screen(2, environment));
    boolean someoneThere = Terminals.isTerminal(0) && Terminals.isTerminal(2);
    var invocation =
        new Invocation(output, new Prompts(output, System.in, someoneThere), environment);
    var ending = new Ending(output);
    ending.listen();
    System.exit(ending.toldWith(program(invocation, ending).run(args)));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static OutputStream logStream() {
    return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
  }

  private static Cli program(Invocation invocation, Ending ending) {
    InstantSource clock = InstantSource.system();
    var launch =
        new SelfLaunch(Optional.ofNullable(System.getProperty("nanoctl.launcher")).map(Path::of));
    var database = new SiteDatabase(clock);
    var users = new SiteUsers(database);
    var engine = new EmbeddedEngine(Surroundings.of(launch, users), ending);
    var operations = new SiteOperations(clock);
    var commands = new Commands();
    var cli = new Cli(invocation, commands);
    instance(commands, invocation, engine, clock);
    configuration(commands, invocation, operations);
    data(commands, invocation, users, new SiteUpkeep(database));
    var imports = new SiteImports(database, clock);
    commands.with(ImportCommand.class, () -> new ImportCommand(invocation, imports, clock));
    commands
        .with(ExplainCommand.class, () -> new ExplainCommand(invocation, Explanations.all()))
        .with(VersionCommand.class, () -> new VersionCommand(invocation))
        .with(CompletionCommand.class, () -> new CompletionCommand(invocation))
        .with(ShellCommand.class, () -> new ShellCommand(new ShellLoop(invocation, cli::run)))
        .with(
            ServeCommand.class,
            () -> new ServeCommand(invocation, new Serving(logStream(), clock)))
        .with(AgentCommand.class, () -> agent(invocation, engine));
    return cli;
  }

  private static AgentCommand agent(Invocation invocation, EmbeddedEngine engine) {
    return new AgentCommand(
        invocation,
        site -> {
          Logging.toStream(logStream(), invocation.configFile().load().log().level());
          engine.runAgent(site);
        });
  }

  private static void instance(
      Commands commands, Invocation invocation, EmbeddedEngine engine, InstantSource clock) {
    commands
        .with(InstallCommand.class, () -> new InstallCommand(invocation, engine, clock))
        .with(StatusCommand.class, () -> new StatusCommand(invocation, engine, clock))
        .with(StartCommand.class, () -> new StartCommand(invocation, engine))
        .with(StopCommand.class, () -> new StopCommand(invocation, engine))
        .with(RestartCommand.class, () -> new RestartCommand(invocation, engine))
        .with(ResumeCommand.class, () -> new ResumeCommand(invocation, engine))
        .with(UninstallCommand.class, () -> new UninstallCommand(invocation, engine))
        .with(LogsCommand.class, () -> new LogsCommand(invocation, engine::logs, clock))
        .with(DoctorCommand.class, () -> new DoctorCommand(invocation, engine))
        .with(
            DriftCommand.class,
            () ->
                new DriftCommand(
                    invocation,
                    site -> {
                      Layout layout = Instance.require(site).layout();
                      return new RenderedFiles(layout).drifted();
                    }));
  }

  private static void data(
      Commands commands, Invocation invocation, SiteUsers users, SiteUpkeep upkeep) {
    commands
        .with(UserCreateCommand.class, () -> new UserCreateCommand(invocation, users))
        .with(UserListCommand.class, () -> new UserListCommand(invocation, users))
        .with(UserRoleCommand.class, () -> new UserRoleCommand(invocation, users))
        .with(
            UserResetPasswordCommand.class, () -> new UserResetPasswordCommand(invocation, users))
        .with(AuditVerifyCommand.class, () -> new AuditVerifyCommand(invocation, upkeep));
  }

  private static void configuration(
      Commands commands, Invocation invocation, SiteOperations operations) {
    commands
        .with(ConfigShowCommand.class, () -> new ConfigShowCommand(invocation))
        .with(ConfigGetCommand.class, () -> new ConfigGetCommand(invocation))
        .with(ConfigSetCommand.class, () -> new ConfigSetCommand(invocation, operations))
        .with(ConfigValidateCommand.class, () -> new ConfigValidateCommand(invocation))
        .with(
            ConfigEditCommand.class,
            () -> new ConfigEditCommand(invocation, operations, Main::openEditor));
  }

  private static int openEditor(String command, Path file)
      throws java.io.IOException, InterruptedException {
    return new ProcessBuilder("/bin/sh", "-c", command + " \"$0\"", file.toString())
        .inheritIO()
        .start()
        .waitFor();
  }
}
