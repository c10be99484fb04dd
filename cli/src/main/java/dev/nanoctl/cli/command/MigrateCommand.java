package dev.nanoctl.cli.command;

import dev.nanoctl.cli.output.Glyph;
import dev.nanoctl.cli.output.Output;
import dev.nanoctl.cli.output.Row;
import dev.nanoctl.cli.output.StepLines;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfigFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nanoctl migrate …}. */
@Command(
    name = "migrate",
    sortOptions = false,
    description = {
      "Move an instance from processes of this machine into containers.",
      "Database, packages, secrets and configuration are carried over and compared; the address",
      "stays. While they are copied nobody is answered. Whatever fails, the processes are started",
      "again as they were; what they worked on is kept until migrate accept."
    },
    exitCodeListHeading = "%nexit status:%n",
    exitCodeList = {
      "0:moved and running",
      "2:an option is wrong, or it runs as containers already",
      "12:this machine or its Docker engine is not fit; nothing was changed",
      "17:failed or interrupted, and all that was done is undone"
    },
    subcommands = MigrateAcceptCommand.class)
public final class MigrateCommand implements Runnable {
  private final Invocation invocation;
  private final Migrations migrations;
  private final InstantSource clock;

  @Option(names = "--engine", paramLabel = "ENGINE", description = "The engine to move to: docker.")
  private @Nullable String engine;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "minimal (default), standard or full.")
  private @Nullable String profile;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port people use (default: the one they use now).")
  private @Nullable String port;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "With TLS: the port that sends browsers on (default: 80).")
  private @Nullable String httpPort;

  @Option(names = "--plan", description = "Show what would be done, and do nothing.")
  private boolean plan;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  /** Moves the instance that is meant. */
  public MigrateCommand(Invocation invocation, Migrations migrations, InstantSource clock) {
    this.invocation = invocation;
    this.migrations = migrations;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (!"docker".equals(engine)) {
      throw new Problem.Usage(
              "NC-USAGE",
              "an instance is moved with --engine docker; there is no other move",
              invocation.command("migrate --engine docker"))
          .raise();
    }
    ConfigText wanted = wanted();
    Output output = invocation.output();
    if (plan) {
      StepLines.print(output, migrations.plan(invocation.site(), wanted));
      return;
    }
    confirm();
    Instant begin = clock.instant();
    try (var steps = new StepLines(output, clock)) {
      migrations.migrate(invocation.site(), wanted, steps);
    }
    String url = invocation.configFile().load().url().toString();
    long seconds = Duration.between(begin, clock.instant()).toSeconds();
    output.fact(
        json -> json.field("done", "migrate").field("url", url).field("seconds", seconds),
        new Row(
            Glyph.DONE,
            "moved",
            "open " + url,
            invocation.command("migrate accept") + " removes what the processes worked on"));
  }

  /** The configuration as it is, with the engine and what belongs to it. */
  private ConfigText wanted() {
    SiteConfigFile file = invocation.configFile();
    SiteConfig.Server server = file.load().server();
    boolean plain = server.tls().mode() == SiteConfig.TlsMode.OFF;
    var chosen = new LinkedHashMap<String, String>();
    chosen.put("site.engine", "docker");
    String portKey = plain ? "docker.http_port" : "docker.https_port";
    chosen.put(portKey, Integer.toString(server.port()));
    InstallOptions.put(chosen, "migrate", "--port", portKey, port);
    InstallOptions.put(chosen, "migrate", "--http-port", "docker.http_port", httpPort);
    InstallOptions.put(chosen, "migrate", "--profile", "docker.profile", profile);
    ConfigText text = file.text();
    for (Map.Entry<String, String> change : chosen.entrySet()) {
      text =
          text.with(change.getKey(), change.getValue())
              .orElseThrow(() -> ConfigText.byHand(change.getKey()));
    }
    return text;
  }

  private void confirm() {
    if (!yes) {
      invocation
          .prompts()
          .agree(
              "Move into containers now? Nobody is answered while data are copied.",
              new Prompts.Refusal(
                  "migrate asks before it stops the services",
                  invocation.command("migrate --engine docker --yes"),
                  "nothing was moved",
                  "nanoctl migrate --engine docker --plan shows what would be done"));
    }
  }
}
