package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTest {
  private static final String ID = "01990000-0000-7000-8000-0123456789ab";
  private static final Path UNIT = Systemd.file(Supervision.SYSTEMD_SYSTEM, ID, Path.of("/root"));

  @TempDir private Path root;

  @Test
  void theUnitIsNamedAfterTheInstance() {
    assertThat(UNIT).isEqualTo(Path.of("/etc/systemd/system/nanoctl-0123456789ab.service"));
    assertThat(Systemd.file(Supervision.SYSTEMD_USER, ID, Path.of("/home/ada")))
        .isEqualTo(Path.of("/home/ada/.config/systemd/user/nanoctl-0123456789ab.service"));
  }

  @Test
  void theCommandsAreExactlyThese() {
    var system = new Systemd(Supervision.SYSTEMD_SYSTEM, UNIT);
    var user = new Systemd(Supervision.SYSTEMD_USER, UNIT);
    String unit = "nanoctl-0123456789ab.service";

    assertThat(system.enable())
        .containsExactly(
            List.of("systemctl", "daemon-reload"), List.of("systemctl", "enable", unit));
    assertThat(system.start()).containsExactly("systemctl", "start", unit);
    assertThat(user.stop()).containsExactly("systemctl", "--user", "stop", unit);
    assertThat(user.disable()).containsExactly("systemctl", "--user", "disable", "--now", unit);
  }

  @Test
  void theSystemUnitIsAsWeKnowIt() throws Exception {
    assertThat(unit(Supervision.SYSTEMD_SYSTEM, "/var/lib/nanoctl"))
        .isEqualTo(golden("nanoctl-system.service"));
  }

  @Test
  void theUserUnitIsAsWeKnowIt() throws Exception {
    assertThat(unit(Supervision.SYSTEMD_USER, "/home/ada/my site"))
        .isEqualTo(golden("nanoctl-user.service"));
  }

  @Test
  void aSiteInATemporaryFolderKeepsTheRealOne() {
    assertThat(unit(Supervision.SYSTEMD_SYSTEM, "/tmp/x")).doesNotContain("PrivateTmp");
  }

  @Test
  void wordsOfACommandMeanThemselves() {
    assertThat(Systemd.quoted("/opt/nano ctl")).isEqualTo("\"/opt/nano ctl\"");
    assertThat(Systemd.quoted("100%")).isEqualTo("100%%");
    assertThat(Systemd.quoted("$HOME")).isEqualTo("$$HOME");
    assertThat(Systemd.quoted("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    assertThat(Systemd.quoted("-Xmx40m")).isEqualTo("-Xmx40m");
  }

  @Test
  void systemdIsUsedOnlyWhereItRuns() throws Exception {
    var admin = new OsAccount("root", 0, 0);
    var ada = new OsAccount("ada", 1000, 1000);
    assertThat(Systemd.found(root, admin, "")).isEqualTo(Supervision.DAEMON);
    assertThat(Systemd.found(root, ada, root.toString())).isEqualTo(Supervision.DAEMON);

    Files.createDirectories(root.resolve("run/systemd/system"));
    Files.createDirectories(root.resolve("systemd/private"));

    assertThat(Systemd.found(root, admin, "")).isEqualTo(Supervision.SYSTEMD_SYSTEM);
    assertThat(Systemd.found(root, ada, root.toString())).isEqualTo(Supervision.SYSTEMD_USER);
    assertThat(Systemd.found(root, ada, "")).isEqualTo(Supervision.DAEMON);
  }

  private static String unit(Supervision supervision, String site) {
    return Systemd.text(
        supervision,
        new Layout(new SiteFolder(Path.of(site))),
        ID,
        List.of("/usr/local/bin/nanoctl", "-J-Xmx40m", "--site", site, "agent"));
  }

  private static String golden(String name) throws Exception {
    try (var in = SystemdTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
