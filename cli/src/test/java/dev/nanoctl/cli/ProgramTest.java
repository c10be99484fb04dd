package dev.nanoctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final List<String> HEAP = List.of("-Xmx20m");
  private static final List<String> MACHINE = List.of("-XX:+UseSerialGC");
  private static final List<String> ARGUMENTS = List.of("--site", "/s", "agent");

  @Test
  void aBinaryIsToldItsHeapAndNothingOfAJavaMachine() {
    assertThat(new Program.Image(Path.of("/n")).command(HEAP, MACHINE, ARGUMENTS))
        .containsExactly("/n", "-Xmx20m", "--site", "/s", "agent");
  }

  @Test
  void aLauncherPassesOptionsOnToJava() {
    assertThat(new Program.Launcher(Path.of("/n")).command(HEAP, MACHINE, ARGUMENTS))
        .containsExactly("/n", "-J-Xmx20m", "-J-XX:+UseSerialGC", "--site", "/s", "agent");
  }

  @Test
  void withoutALauncherTheSameJavaRunsTheSameClasses() {
    assertThat(new Program.ClassPath(Path.of("/j"), "a:b").command(HEAP, MACHINE, ARGUMENTS))
        .containsExactly(
            "/j/bin/java",
            "-Xmx20m",
            "-XX:+UseSerialGC",
            "-cp",
            "a:b",
            "dev.nanoctl.cli.Main",
            "--site",
            "/s",
            "agent");
  }
}
