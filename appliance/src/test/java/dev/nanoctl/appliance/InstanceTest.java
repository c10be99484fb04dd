package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.postgres.DatabaseAddress;
import dev.nanoctl.appliance.postgres.Encryption;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.site.SiteConfig.DatabaseTls;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {
  @TempDir Path folder;

  @Test
  void whatIsNotedIsReadBack() throws IOException {
    var ports = new Ports(Engine.DOCKER, Map.of("postgres", 5501, "search", 5502));
    var instance = new Instance(layout(), "id", true, "root", ports, Supervision.DAEMON);
    Files.createDirectories(layout().state());
    instance.write();
    assertThat(Instance.require(layout().site())).isEqualTo(instance);
  }

  @Test
  void anInstanceFromBeforeThereWereEnginesIsEmbedded() throws IOException {
    Files.createDirectories(layout().state());
    Files.writeString(
        layout().instance(),
        """
        {"id":"a","installed":true,"account":"b","postgres_port":5433,"supervision":"daemon"}
        """);
    Instance old = Instance.require(layout().site());
    assertThat(old.ports()).isEqualTo(Ports.embedded(5433));
    assertThat(old.postgresPort()).isEqualTo(5433);
  }

  @Test
  void aDatabaseThatSomebodyElseRunsIsNotedAndNobodyIsSuperuserThere() throws IOException {
    var database =
        new ExternalDatabase(
            "db.example",
            6432,
            "lernhof",
            "nano@db",
            DatabaseTls.VERIFY_FULL,
            Optional.of(Path.of("ca.pem")),
            true);
    var instance =
        new Instance(layout(), "id", true, "root", Ports.embedded(database), Supervision.DAEMON);
    Files.createDirectories(layout().state());
    Files.createDirectories(layout().site().secrets());
    Files.writeString(layout().secret("database-password"), "nano_twin:just a password\n");
    instance.write();
    Instance read = Instance.require(layout().site());
    assertThat(read).isEqualTo(instance);
    assertThat(read.external()).contains(database);
    assertThat(read.database())
        .isEqualTo(
            new DatabaseAddress(
                "db.example",
                6432,
                "lernhof",
                "nano@db",
                new Secret("nano_twin:just a password"),
                new Encryption.Verified(Optional.of(folder.resolve("ca.pem")))));
    for (ThrowingCallable own :
        List.<ThrowingCallable>of(
            read::superuser, read::postgresPort, () -> read.requireOwnDatabase("x", "y"))) {
      assertThatThrownBy(own)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().code()).isEqualTo("NC-DATABASE-EXTERNAL");
                assertThat(e.problem().message()).contains("db.example:6432/lernhof");
              });
    }
  }

  @Test
  void withAnOwnDatabaseThereIsNoOther() throws IOException {
    var instance =
        new Instance(layout(), "id", true, "root", Ports.embedded(5501), Supervision.DAEMON);
    Files.createDirectories(layout().state());
    instance.write();
    assertThat(Instance.require(layout().site()).external()).isEmpty();
    instance.requireOwnDatabase("nothing", "");
  }

  private Layout layout() {
    return new Layout(new SiteFolder(folder));
  }
}
