package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path folder;

  @Test
  void bashCompletesCommandsSubcommandsOptionsAndValues() throws Exception {
    assertThat(complete("nanoctl", "inst")).isEqualTo("install");
    assertThat(complete("nanoctl", "config", "va")).isEqualTo("validate");
    assertThat(complete("nanoctl", "install", "--po")).isEqualTo("--port");
    assertThat(complete("nanoctl", "logs", "post")).isEqualTo("postgres");
    assertThat(complete("nanoctl", "config", "set", "server.tls.m")).isEqualTo("server.tls.mode");
    assertThat(complete("nanoctl", "user", "role", "a@b.de", "mod")).isEqualTo("moderator");
  }

  @Test
  void everyScriptNamesEveryCommand() {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      String script = new CliTester(folder).call("completion", shell).out();
      assertThat(script).contains("reset-password").contains("reindex").contains("uninstall");
    }
  }

  private String complete(String... words) throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("nanoctl.bash"), new CliTester(folder).call("completion", "bash").out());
    String command =
        "set -eu; . '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _nanoctl; echo \"${COMPREPLY[*]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }
}
