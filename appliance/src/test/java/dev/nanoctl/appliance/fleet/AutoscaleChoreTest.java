package dev.nanoctl.appliance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.appliance.Layout;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoscaleChoreTest {
  private static final long LIMIT = 512L << 20;

  @TempDir private Path folder;
  private final Map<String, Long> used = new HashMap<>();
  private final List<Integer> scaled = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private boolean busy;
  private int made;

  @BeforeEach
  void site() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.createDirectories(folder.resolve("run"));
    configure(true);
    apps(1);
  }

  private void configure(boolean on) throws IOException {
    Files.writeString(
        folder.resolve("nanoctl.yml"),
        """
        site:
          engine: docker
        docker:
          autoscale: {enabled: %s, min: 1, max: 5, cpu: 70}
        """
            .formatted(on));
  }

  private void apps(int count) {
    while (used.size() > count) {
      used.remove(used.keySet().iterator().next());
    }
    while (used.size() < count) {
      used.put("c" + made++, 0L);
    }
  }

  private Layout layout() {
    return new Layout(new SiteFolder(folder));
  }

  private AutoscaleChore chore() {
    return new AutoscaleChore(
        layout(),
        () ->
            used.entrySet().stream()
                .map(app -> new AutoscaleChore.Used(app.getKey(), app.getValue(), LIMIT))
                .toList(),
        this::scale,
        new AutoscaleChore.Host(4, () -> 8L << 30),
        () -> now);
  }

  private void scale(int count) {
    if (busy) {
      throw new Problem.Locked("NC-LOCKED", "an upgrade is going on", "wait").raise();
    }
    scaled.add(count);
    apps(count);
  }

  /** Lets time pass in which all containers together use so many cores. */
  private void pass(AutoscaleChore chore, Duration time, double cores) throws Exception {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plus(chore.every())) {
      now = now.plus(chore.every());
      long share = (long) (cores * chore.every().toNanos() / used.size());
      used.replaceAll((_, before) -> before + share);
      chore.run();
    }
  }

  @Test
  void aLoadThatLastsTwoMinutesStartsMoreAndNotEarlier() throws Exception {
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofSeconds(30), 0.5);
    pass(chore, Duration.ofSeconds(105), 0.95);
    assertThat(scaled).isEmpty();
    pass(chore, Duration.ofSeconds(30), 0.95);
    assertThat(scaled).containsExactly(2);
    assertThat(AutoscaleNote.find(layout()).orElseThrow().apps()).isEqualTo(2);
  }

  @Test
  void aLullOfFiveMinutesEndsOne() throws Exception {
    apps(3);
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofMinutes(4), 0.3);
    assertThat(scaled).isEmpty();
    pass(chore, Duration.ofSeconds(90), 0.3);
    assertThat(scaled).containsExactly(2);
  }

  @Test
  void itGoesUpUnderLoadAndComesBackOneByOneWhenThatEnds() throws Exception {
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofSeconds(150), 1);
    assertThat(scaled).containsExactly(2);
    pass(chore, Duration.ofMinutes(6), 2);
    assertThat(scaled).as("two at 100 %, then three at 67 %").containsExactly(2, 3);
    pass(chore, Duration.ofMinutes(15), 0.05);
    assertThat(scaled).containsExactly(2, 3, 2, 1);
    assertThat(used).hasSize(1);
  }

  @Test
  void whileSomethingElseChangesTheInstanceItWaitsAndThenScales() throws Exception {
    busy = true;
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofMinutes(4), 0.95);
    assertThat(scaled).isEmpty();
    busy = false;
    pass(chore, Duration.ofSeconds(15), 0.95);
    assertThat(scaled).containsExactly(2);
  }

  @Test
  void switchedOffOrStoppedItDoesNothingAndForgetsWhatItSaw() throws Exception {
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofSeconds(105), 0.95);
    configure(false);
    pass(chore, Duration.ofMinutes(5), 0.95);
    assertThat(scaled).isEmpty();
    assertThat(AutoscaleNote.find(layout())).isEmpty();
    configure(true);
    pass(chore, Duration.ofSeconds(60), 0.95);
    assertThat(scaled).as("the two minutes begin anew").isEmpty();
    Files.createFile(layout().stopped());
    pass(chore, Duration.ofMinutes(5), 0.95);
    assertThat(scaled).isEmpty();
  }

  @Test
  void aContainerThatWasNotSeenBeforeIsNoMeasurement() throws Exception {
    AutoscaleChore chore = chore();
    pass(chore, Duration.ofSeconds(30), 0.1);
    apps(2);
    pass(chore, Duration.ofSeconds(15), 0.1);
    assertThat(AutoscaleNote.find(layout()).orElseThrow().why()).isEqualTo("not measured");
  }
}
