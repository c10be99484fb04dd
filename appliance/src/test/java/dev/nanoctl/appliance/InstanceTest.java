package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.core.site.SiteConfig.Engine;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

  private Layout layout() {
    return new Layout(new SiteFolder(folder));
  }
}
