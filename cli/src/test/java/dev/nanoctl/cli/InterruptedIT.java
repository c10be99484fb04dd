package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.cli.testing.Guides;
import dev.nanoctl.cli.testing.LaunchedNanoctl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and SIGTERM reach the real program in the middle of its work. */
class InterruptedIT extends OwnInstance {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @ParameterizedTest(name = "SIG{0} during {1}")
  @CsvSource({"INT,initdb", "TERM,start", "INT,healthy"})
  void anInterruptedInstallationLeavesNothing(String signal, String step) throws Exception {
    LaunchedNanoctl.Job install = nanoctl.job(install());
    await().atMost(PATIENCE).until(() -> begun(step));
    install.signal(signal);
    var ended = install.end();
    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.err())
        .contains("error NC-INTERRUPTED: install was interrupted; what it had done is undone");
    assertThat(nanoctl.site()).doesNotExist();
    assertThat(processesBelow(folder)).isEmpty();
  }

  @Test
  void anInterruptedStartSaysWhatIsDoneAndIsRepeated() throws Exception {
    nanoctl.done(install());
    nanoctl.done("stop");
    LaunchedNanoctl.Job start = nanoctl.job("start");
    await().atMost(PATIENCE).until(() -> last("start"));
    start.signal("INT");
    var ended = start.end();
    assertThat(ended.status()).isEqualTo(130);
    assertThat(ended.err())
        .contains("start was interrupted; done so far: rendered configuration")
        .contains("run nanoctl start again");
    assertThat(nanoctl.run("resume").out()).contains("nothing to do");
    nanoctl.done("start");
    assertThat(nanoctl.run("status", "--quiet").status()).isZero();

    Path guides = Guides.make(Files.createDirectory(folder.resolve("import")), 300);
    LaunchedNanoctl.Job importing = nanoctl.job("import", guides.toString());
    await().atMost(PATIENCE).until(this::hasObjects);
    importing.signal("INT");
    var importEnd = importing.end();
    assertThat(importEnd.status()).isEqualTo(130);
    assertThat(importEnd.err())
        .containsPattern(
            "NC-INTERRUPTED: the import was interrupted; \\d+ of 300 entries were dealt")
        .contains("it goes on where it stopped");
    var rest = nanoctl.done("import", guides.toString(), "--json").json();
    assertThat(rest.integer("unchanged").orElseThrow()).isBetween(1L, 299L);
    assertThat(rest.integer("imported").orElseThrow() + rest.integer("unchanged").orElseThrow())
        .isEqualTo(300);
  }

  private String[] install() {
    return new String[] {"install", "--yes", "--no-systemd", "--port", "" + port};
  }

  private boolean hasObjects() throws IOException {
    try (Stream<Path> objects = Files.list(nanoctl.site().resolve("objects").resolve("objects"))) {
      return objects.findAny().isPresent();
    }
  }

  private boolean begun(String step) {
    return journal().contains("\"name\":\"" + step + "\"");
  }

  /** Whether that step is the last thing the journal tells of. */
  private boolean last(String step) {
    String journal = journal();
    return journal
        .lines()
        .reduce((_, line) -> line)
        .orElse("")
        .contains("\"name\":\"" + step + "\"");
  }

  private String journal() {
    try {
      return Files.readString(nanoctl.site().resolve("state").resolve("journal.jsonl"));
    } catch (IOException _) {
      return "";
    }
  }

  private static List<Long> processesBelow(Path folder) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid).filter(pid -> worksBelow(pid, folder)).toList();
    }
  }

  private static boolean worksBelow(long pid, Path folder) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).startsWith(folder);
    } catch (IOException _) {
      return false;
    }
  }
}
