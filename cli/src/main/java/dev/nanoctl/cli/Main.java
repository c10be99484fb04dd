package dev.nanoctl.cli;

import dev.nanoctl.appliance.Driver;
import dev.nanoctl.appliance.Surroundings;
import dev.nanoctl.appliance.engine.docker.DockerApi;
import dev.nanoctl.appliance.engine.docker.DockerDriver;
import dev.nanoctl.appliance.engine.docker.DockerParts;
import dev.nanoctl.cli.backup.SiteBackups;
import dev.nanoctl.cli.command.Imports;
import dev.nanoctl.cli.command.Invocation;
import dev.nanoctl.cli.command.Prompts;
import dev.nanoctl.cli.command.SelfTest;
import dev.nanoctl.cli.data.SiteDatabase;
import dev.nanoctl.cli.data.SiteImports;
import dev.nanoctl.cli.data.SiteUpkeep;
import dev.nanoctl.cli.data.SiteUsers;
import dev.nanoctl.cli.drill.DrillHealth;
import dev.nanoctl.cli.drill.DrillProcess;
import dev.nanoctl.cli.drill.DrillSchedule;
import dev.nanoctl.cli.drill.SiteDrills;
import dev.nanoctl.cli.logs.Logging;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Terminals;
import dev.nanoctl.cli.serve.BucketLook;
import dev.nanoctl.cli.serve.BundledBucket;
import dev.nanoctl.cli.serve.Rehearsal;
import dev.nanoctl.cli.serve.Serving;
import dev.nanoctl.cli.trial.SiteSelfTest;
import dev.nanoctl.core.site.SiteConfigFile;
import dev.nanoctl.core.site.SiteFolder;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

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
            new PrintStream(file(FileDescriptor.out), false, StandardCharsets.UTF_8),
            Terminals.screen(1, environment),
            new PrintStream(file(FileDescriptor.err), false, StandardCharsets.UTF_8),
            Terminals.screen(2, environment));
    boolean someoneThere = Terminals.isTerminal(0) && Terminals.isTerminal(2);
    var invocation =
        new Invocation(output, new Prompts(output, System.in, someoneThere), environment);
    var ending = new Ending(output);
    ending.listen();
    System.exit(ending.toldWith(new Cli(invocation, parts(ending)).run(args)));
  }

  private static OutputStream file(FileDescriptor descriptor) {
    return new BufferedOutputStream(new FileOutputStream(descriptor));
  }

  private static Parts parts(Ending ending) {
    InstantSource clock = InstantSource.system();
    Program program = Program.running();
    var launch = new SelfLaunch(program);
    var database = new SiteDatabase(clock);
    var users = new SiteUsers(database);
    var surroundings =
        Surroundings.of(launch, new Surroundings.Content(users, new BucketLook(clock)));
    var backups = new SiteBackups(clock, DrillHealth::look);
    var engine =
        new SiteEngine(
            surroundings, known -> docker(known, program, launch.version()), backups, ending);
    Imports imports = new SiteImports(database);
    SelfTest selfTest = new SiteSelfTest(database, clock);
    OutputStream log = file(FileDescriptor.out);
    return new Parts(
        new Parts.Instances(
            engine,
            engine,
            engine::logs,
            engine::drift,
            new SiteCertificates(clock),
            engine,
            engine.migrations(),
            engine),
        new Parts.Data(
            users,
            (site, source, as, listener) ->
                ending.stoppable(() -> imports.run(site, source, as, listener)),
            new SiteUpkeep(database),
            backups,
            (site, listener) -> ending.stoppable(() -> selfTest.run(site, listener))),
        new Parts.Returning(
            engine.restores(),
            engine.recovery(),
            new SiteDrills(engine::driver, clock, ending::stoppable)),
        new Parts.Processes(
            new Serving(log, clock),
            site -> runAgent(engine, site, log),
            site -> keepBackups(backups, site, launch, log),
            new Rehearsal()),
        new Parts.Editing(new SiteOperations(clock), Main::openEditor),
        clock);
  }

  private static Driver docker(Surroundings surroundings, Program program, String version) {
    return new DockerDriver(
        surroundings,
        new DockerParts(
            DockerApi.of(System.getenv()),
            program.forImage(),
            version,
            new BundledBucket(),
            surroundings.clock()));
  }

  private static void runAgent(SiteEngine engine, SiteFolder site, OutputStream log) {
    Logging.toStream(log, new SiteConfigFile(site.config()).load().log().level());
    engine.runAgent(site);
  }

  private static void keepBackups(
      SiteBackups backups, SiteFolder site, SelfLaunch launch, OutputStream log) {
    Logging.toStream(log, new SiteConfigFile(site.config()).load().log().level());
    backups.keep(
        site,
        layout ->
            new DrillSchedule(
                    layout,
                    InstantSource.system(),
                    ZoneId.systemDefault(),
                    sampled -> DrillProcess.run(launch.drill(site, sampled)))
                ::look);
  }

  private static int openEditor(String command, Path file)
      throws IOException, InterruptedException {
    return new ProcessBuilder("/bin/sh", "-c", command + " \"$0\"", file.toString())
        .inheritIO()
        .start()
        .waitFor();
  }
}
