package dev.nanoctl.appliance;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.templates.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The agent as a systemd service: its unit, and the commands that rule it. */
final class Systemd {
  private final Supervision supervision;
  private final String unit;

  Systemd(Supervision supervision, Path unit) {
    this.supervision = supervision;
    this.unit = unit.getFileName().toString();
  }

  /** Which systemd would keep the agent running here, if any. */
  static Supervision found(Path root, OsAccount account, String runtimeFolder) {
    if (account.isRoot()) {
      return Files.isDirectory(root.resolve("run/systemd/system"))
          ? Supervision.SYSTEMD_SYSTEM
          : Supervision.DAEMON;
    }
    return !runtimeFolder.isEmpty() && Files.exists(Path.of(runtimeFolder, "systemd/private"))
        ? Supervision.SYSTEMD_USER
        : Supervision.DAEMON;
  }

  /** Where the unit of an instance goes. */
  static Path file(Supervision supervision, String instance, Path home) {
    String name = "nanoctl-" + instance.substring(instance.length() - 12) + ".service";
    return switch (supervision) {
      case DAEMON, SYSTEMD_SYSTEM -> Path.of("/etc/systemd/system", name);
      case SYSTEMD_USER -> home.resolve(".config/systemd/user").resolve(name);
    };
  }

  /** The text of the unit. */
  static String text(Supervision supervision, Layout layout, String instance, List<String> agent) {
    String template =
        supervision == Supervision.SYSTEMD_SYSTEM
            ? "systemd/system.service"
            : "systemd/user.service";
    boolean inTemporary = layout.root().startsWith("/tmp") || layout.root().startsWith("/var/tmp");
    return Templates.render(
        template,
        Map.of(
            "instance", instance,
            "site", layout.root().toString(),
            "log", layout.log("agent").toString(),
            "privateTmp", !inTemporary,
            "command", agent.stream().map(Systemd::quoted).collect(Collectors.joining(" "))));
  }

  /** One word of an {@code ExecStart=} line: specifiers, variables and quotes mean themselves. */
  static String quoted(String word) {
    String plain =
        word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%").replace("$", "$$");
    return plain.matches("[A-Za-z0-9_@%+=:,./$-]+") ? plain : '"' + plain + '"';
  }

  List<List<String>> enable() {
    return List.of(command("daemon-reload"), command("enable", unit));
  }

  List<String> start() {
    return command("start", unit);
  }

  List<String> stop() {
    return command("stop", unit);
  }

  List<String> disable() {
    return command("disable", "--now", unit);
  }

  List<String> reload() {
    return command("daemon-reload");
  }

  private List<String> command(String... words) {
    var command = new ArrayList<>(List.of("systemctl"));
    if (supervision == Supervision.SYSTEMD_USER) {
      command.add("--user");
    }
    command.addAll(List.of(words));
    return List.copyOf(command);
  }
}
