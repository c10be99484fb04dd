package dev.nanoctl.appliance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningProcessTest {
  @Test
  void aProcessIsKnownByItsIdAndItsStart() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").directory(Path.of("/").toFile()).start();
    RunningProcess process = RunningProcess.of(child.pid()).orElseThrow();

    assertThat(process.alive()).isTrue();
    assertThat(process.name()).isEqualTo("sleep");
    assertThat(process.command()).containsExactly("sleep", "600");
    assertThat(process.directory()).contains(Path.of("/"));
    assertThat(new RunningProcess(child.pid(), process.startTicks() + 1).alive())
        .as("another process with the same id")
        .isFalse();

    process.signal("TERM");
    assertThat(process.awaitEnd(Duration.ofSeconds(5))).isTrue();
    process.signal("TERM");
    assertThat(process.alive()).isFalse();
  }

  @Test
  void whoListensOnAPortIsFound() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(ListeningPort.free(InetAddress.getLoopbackAddress(), port)).isFalse();
      assertThat(ListeningPort.owner(port)).contains(RunningProcess.current());
    }
    assertThat(ListeningPort.free(InetAddress.getLoopbackAddress(), port)).isTrue();
    assertThat(ListeningPort.owner(port)).isEmpty();
  }

  @Test
  void aCommandForTheSameAccountNeedsNoOtherRights() {
    assertThat(OsAccount.current().running(List.of("postgres")))
        .containsExactly("setsid", "postgres");
    assertThat(new OsAccount("pg", 4711, 4712).running(List.of("postgres")))
        .containsExactly(
            "setsid",
            "setpriv",
            "--reuid=4711",
            "--regid=4712",
            "--clear-groups",
            "--no-new-privs",
            "postgres");
  }
}
