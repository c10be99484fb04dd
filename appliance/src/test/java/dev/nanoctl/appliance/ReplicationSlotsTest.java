package dev.nanoctl.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.core.site.SiteConfig.DatabaseTls;
import dev.nanoctl.core.site.SiteConfig.ExternalDatabase;
import dev.nanoctl.core.site.SiteFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationSlotsTest {
  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  @Test
  void onAServerOfSomebodyElseTheyAreTheInstances() {
    assertThat(ReplicationSlots.name(instance(Ports.embedded(5432)), "first"))
        .isEqualTo("nanoctl_first");
    var database =
        new ExternalDatabase(
            "db.example", 5432, "lernhof", "nano", DatabaseTls.VERIFY_FULL, Optional.empty(), true);
    assertThat(ReplicationSlots.name(instance(Ports.embedded(database)), "second"))
        .isEqualTo("nanoctl_0f8fad5bd9cb_second")
        .matches("[a-z0-9_]{1,63}");
  }

  private static Instance instance(Ports ports) {
    var layout = new Layout(new SiteFolder(Path.of("/srv/site")));
    return new Instance(layout, ID, true, "root", ports, Supervision.DAEMON);
  }
}
