package dev.nanoctl.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillTurnsTest {
  private static final Target FIRST = target("first");
  private static final Target SECOND = target("second");

  private static Target target(String name) {
    return new Target(name, new Place.Directory(Path.of("/" + name)), Optional.empty());
  }

  private static DrillReport report(String place, String at) {
    return new DrillReport(
        at,
        new DrillReport.Target("site", place, "dde1d872", "newest"),
        new DrillReport.Times(Instant.parse(at), 1, 1),
        List.of());
  }

  private static List<Target> turns(DrillReport... reports) {
    return SiteDrills.byTurns(List.of(FIRST, SECOND), List.of(reports));
  }

  @Test
  void whoseDrillIsTheLongestAgoIsNext() {
    DrillReport first = report("/first", "2026-11-08T04:00:00Z");
    DrillReport second = report("/second", "2026-11-15T04:00:00Z");
    DrillReport again = report("/first", "2026-11-22T04:00:00Z");
    assertThat(turns()).containsExactly(FIRST, SECOND);
    assertThat(turns(first)).containsExactly(SECOND, FIRST);
    assertThat(turns(second, first)).containsExactly(FIRST, SECOND);
    assertThat(turns(again, second, first)).containsExactly(SECOND, FIRST);
  }
}
