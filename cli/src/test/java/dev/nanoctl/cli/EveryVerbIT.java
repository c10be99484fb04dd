package dev.nanoctl.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/**
 * Every verb, through the launcher or the binary: each has to be reachable, with all that it reads,
 * in a program that knows only what was built into it.
 */
class EveryVerbIT extends OwnInstance {
  private static final String[] HARMLESS = {
    "--version",
    "--help",
    "version --json",
    "completion bash",
    "completion zsh",
    "completion fish",
    "explain NC-DOCKER-UNREACHABLE",
    "config show --json",
    "config get server.port",
    "config validate --json",
    "certs status --json",
    "secrets list --json",
    "user list",
    "audit verify --json",
    "search reindex",
    "doctor --json",
    "drift --json",
    "logs -n 3",
    "resume",
    "migrate accept",
    "status",
    "install --plan",
    "restart --plan",
    "uninstall --plan",
  };

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          entry("scale app=2", "NC-"),
          entry("upgrade", "NC-"),
          entry("rollback", "NC-"),
          entry("restore --yes", "NC-BACKUP-NO-TARGET"),
          entry("drill run", "NC-BACKUP-NO-TARGET"),
          entry("recover --kit /none --from /none", "NC-RECOVER-INSTALLED"),
          entry("migrate --engine embedded", "NC-USAGE"),
          entry("certs renew", "NC-"),
          entry("certs import --chain /none --key /none", "NC-"),
          entry("objects copy", "NC-"),
          entry("import /none", "NC-"),
          entry("user role nobody@example.org author", "NC-"),
          entry("user reset-password nobody@example.org", "NC-"),
          entry("config get server.prot", "NC-"));

  @Test
  void isReachable() throws Exception {
    nanoctl.done("install", "--yes", "--no-systemd", "--name", "probe", "--port", "" + port);
    var all = new SoftAssertions();
    for (String line : HARMLESS) {
      var result = nanoctl.run(line.split(" "));
      all.assertThat(result.status()).as("%s: %s", line, result).isZero();
      all.assertThat(result.out()).as(line).isNotBlank();
    }
    for (Map.Entry<String, String> call : REFUSED.entrySet()) {
      var result = nanoctl.run((call.getKey() + " --json").split(" "));
      all.assertThat(result.status()).as("%s: %s", call.getKey(), result).isNotZero();
      all.assertThat(result.out() + result.err()).as(call.getKey()).contains(call.getValue());
    }
    var shell = nanoctl.fed("version\nstatus\nexit\n", "shell");
    all.assertThat(shell.status()).as("shell: %s", shell).isZero();
    all.assertThat(shell.out()).contains("nanoctl", "probe");
    all.assertAll();
  }

  @Test
  void hasAManualPage() throws Exception {
    Path pages = folder.resolve("man");
    nanoctl.done("man", pages.toString());

    try (var files = Files.list(pages)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("nanoctl.1")
          .containsAll(
              Verbs.all().entrySet().stream()
                  .filter(verb -> !verb.getValue().getAnnotation(Command.class).hidden())
                  .map(verb -> "nanoctl-" + verb.getKey() + ".1")
                  .toList());
    }
  }
}
