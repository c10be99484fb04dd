package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nanoctl.appliance.testing.TestSite;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.ProblemException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FailedInstallIT {
  @Test
  void aServerThatCannotStartIsExplainedAndEverythingIsUndone() throws Exception {
    try (var site = TestSite.create()) {
      Files.writeString(site.folder().resolve("server-fails"), "");

      Problem problem = problemOf(() -> site.appliance().install(site.order(), Progress.SILENT));

      assertThat(problem).isInstanceOf(Problem.RolledBack.class);
      assertThat(problem.message()).contains("NC-SERVER-FAILED").contains("told to fail");
      assertThat(site.processes()).isEmpty();
      assertThat(site.site().root()).doesNotExist();

      Files.delete(site.folder().resolve("server-fails"));
      site.appliance().install(site.order(), Progress.SILENT);
      assertThat(site.appliance().status().healthy()).isTrue();
    }
  }

  @Test
  void anInterruptedInstallationLeavesNothing() throws Exception {
    try (var site = TestSite.create()) {
      Process install = site.start("install", 0);
      Path journal = new Layout(site.site()).journal();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.exists(journal) && Files.readString(journal).contains("initdb"));

      // not INT: a shell that runs a build in the background has it ignored, here too
      new ProcessBuilder("kill", "-TERM", Long.toString(install.pid())).start().waitFor();

      assertThat(install.waitFor()).as(site.output()).isEqualTo(130);
      assertThat(site.site().root()).doesNotExist();
      assertThat(site.processes()).isEmpty();
    }
  }

  @Test
  void aTakenPortIsFoundBeforeAnythingIsDone() throws Exception {
    try (var site = TestSite.create();
        var taken = new ServerSocket()) {
      int port = dev.nanoctl.appliance.testing.TestSite.port(site);
      taken.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      Problem problem = problemOf(() -> site.appliance().install(site.order(), Progress.SILENT));

      assertThat(problem).isInstanceOf(Problem.Preflight.class);
      assertThat(problem.code()).isEqualTo("NC-PORT-IN-USE");
      assertThat(problem.message())
          .contains("port " + port)
          .contains("pid " + ProcessHandle.current().pid());
      assertThat(site.site().root()).doesNotExist();
    }
  }

  @Test
  void aFolderWithOtherFilesIsNotTouched() throws Exception {
    try (var site = TestSite.create()) {
      Path photo = Files.createDirectories(site.site().root()).resolve("photo.jpg");
      Files.writeString(photo, "mine");

      Problem problem = problemOf(() -> site.appliance().install(site.order(), Progress.SILENT));

      assertThat(problem.code()).isEqualTo("NC-SITE-NOT-EMPTY");
      assertThat(photo).hasContent("mine");
      assertThat(site.site().root().toFile().list()).containsExactly("photo.jpg");
    }
  }

  @Test
  void twoInstallationsAtOnceDoNotDisturbEachOther() throws Exception {
    try (var site = TestSite.create()) {
      Process first = site.start("install", 0);
      Path holder = new Layout(site.site()).holder();
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(holder));

      Problem problem = problemOf(() -> site.appliance().install(site.order(), Progress.SILENT));

      assertThat(problem).isInstanceOf(Problem.Locked.class);
      assertThat(problem.message()).contains("install (pid " + first.pid());
      assertThat(first.waitFor()).as(site.output()).isZero();
      assertThat(site.appliance().status().healthy()).isTrue();
    }
  }

  static Problem problemOf(ThrowingCallable call) {
    var thrown = new Problem[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e.problem());
    return thrown[0];
  }
}
