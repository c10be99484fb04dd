package dev.nanoctl.cli;

import dev.nanoctl.cli.command.AgentCommand;
import dev.nanoctl.cli.command.AuditCommand;
import dev.nanoctl.cli.command.AutoscaleCommand;
import dev.nanoctl.cli.command.BackupCommand;
import dev.nanoctl.cli.command.CertsCommand;
import dev.nanoctl.cli.command.CompletionCommand;
import dev.nanoctl.cli.command.ConfigCommand;
import dev.nanoctl.cli.command.DoctorCommand;
import dev.nanoctl.cli.command.DriftCommand;
import dev.nanoctl.cli.command.DrillCommand;
import dev.nanoctl.cli.command.ExplainCommand;
import dev.nanoctl.cli.command.ImportCommand;
import dev.nanoctl.cli.command.InstallCommand;
import dev.nanoctl.cli.command.KitCommand;
import dev.nanoctl.cli.command.LogsCommand;
import dev.nanoctl.cli.command.ManCommand;
import dev.nanoctl.cli.command.MigrateCommand;
import dev.nanoctl.cli.command.ObjectsCommand;
import dev.nanoctl.cli.command.RecoverCommand;
import dev.nanoctl.cli.command.RestartCommand;
import dev.nanoctl.cli.command.RestoreCommand;
import dev.nanoctl.cli.command.ResumeCommand;
import dev.nanoctl.cli.command.RollbackCommand;
import dev.nanoctl.cli.command.ScaleCommand;
import dev.nanoctl.cli.command.SearchCommand;
import dev.nanoctl.cli.command.SecretsCommand;
import dev.nanoctl.cli.command.ServeCommand;
import dev.nanoctl.cli.command.ShellCommand;
import dev.nanoctl.cli.command.StartCommand;
import dev.nanoctl.cli.command.StatusCommand;
import dev.nanoctl.cli.command.StopCommand;
import dev.nanoctl.cli.command.SupportBundleCommand;
import dev.nanoctl.cli.command.UninstallCommand;
import dev.nanoctl.cli.command.UpgradeCommand;
import dev.nanoctl.cli.command.UserCommand;
import dev.nanoctl.cli.command.VersionCommand;
import dev.nanoctl.cli.command.WarmUpCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The verbs of the program, in the order of its help. A call knows only the verb it names: to build
 * all the others takes longer than most of them run.
 */
final class Verbs {
  /** Verbs that look at all the others. */
  private static final Set<String> CURIOUS = Set.of("completion", "man", "shell");

  private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("install", InstallCommand.class);
    ALL.put("status", StatusCommand.class);
    ALL.put("start", StartCommand.class);
    ALL.put("stop", StopCommand.class);
    ALL.put("restart", RestartCommand.class);
    ALL.put("logs", LogsCommand.class);
    ALL.put("doctor", DoctorCommand.class);
    ALL.put("config", ConfigCommand.class);
    ALL.put("drift", DriftCommand.class);
    ALL.put("certs", CertsCommand.class);
    ALL.put("user", UserCommand.class);
    ALL.put("import", ImportCommand.class);
    ALL.put("objects", ObjectsCommand.class);
    ALL.put("search", SearchCommand.class);
    ALL.put("audit", AuditCommand.class);
    ALL.put("backup", BackupCommand.class);
    ALL.put("kit", KitCommand.class);
    ALL.put("restore", RestoreCommand.class);
    ALL.put("recover", RecoverCommand.class);
    ALL.put("drill", DrillCommand.class);
    ALL.put("scale", ScaleCommand.class);
    ALL.put("autoscale", AutoscaleCommand.class);
    ALL.put("upgrade", UpgradeCommand.class);
    ALL.put("rollback", RollbackCommand.class);
    ALL.put("migrate", MigrateCommand.class);
    ALL.put("secrets", SecretsCommand.class);
    ALL.put("support-bundle", SupportBundleCommand.class);
    ALL.put("explain", ExplainCommand.class);
    ALL.put("resume", ResumeCommand.class);
    ALL.put("uninstall", UninstallCommand.class);
    ALL.put("shell", ShellCommand.class);
    ALL.put("completion", CompletionCommand.class);
    ALL.put("version", VersionCommand.class);
    ALL.put("serve", ServeCommand.class);
    ALL.put("agent", AgentCommand.class);
    ALL.put("warm-up", WarmUpCommand.class);
    ALL.put("man", ManCommand.class);
  }

  private Verbs() {}

  /** All of them, by name. */
  static Map<String, Class<?>> all() {
    return java.util.Collections.unmodifiableMap(ALL);
  }

  /** What a call with these arguments has to know; everything, when it names no verb. */
  static Map<String, Class<?>> of(List<String> arguments) {
    if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-V"))) {
      return Map.of();
    }
    return firstWord(arguments)
        .filter(word -> ALL.containsKey(word) && !CURIOUS.contains(word))
        .<Map<String, Class<?>>>map(verb -> Map.of(verb, ALL.get(verb)))
        .orElseGet(Verbs::all);
  }

  /** The first argument that is neither an option nor the value of one. */
  private static Optional<String> firstWord(List<String> arguments) {
    boolean value = false;
    for (String argument : arguments) {
      if (!value && !argument.startsWith("-")) {
        return Optional.of(argument);
      }
      value = !value && argument.equals("--site");
    }
    return Optional.empty();
  }
}
