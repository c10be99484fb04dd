package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.wal.LogCompactor;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.BackupConfig.Place;
import dev.nanoctl.core.site.BackupConfig.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogCareTest {
  private static final Target FIRST = target("first");
  private static final Target SECOND = target("second");

  private final List<String> done = new ArrayList<>();
  private boolean down;
  private Instant now = Instant.EPOCH;
  private final LogCare care =
      new LogCare(
          target -> {
            done.add(target.name());
            if (down) {
              throw new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", "away", "wait").raise();
            }
            return new LogCompactor.Report(1, 16, 1 << 20, List.of("one is damaged"));
          },
          () -> now);

  private static Target target(String name) {
    return new Target(name, new Place.Directory(Path.of("/mnt", name)), Optional.empty());
  }

  @Test
  void eachTargetHasItsTurnOnceAnHour() {
    care.look(List.of(FIRST, SECOND));
    now = now.plus(Duration.ofMinutes(59));
    care.look(List.of(FIRST, SECOND, target("third")));
    assertThat(done).containsExactly("first", "second", "third");
    now = now.plus(Duration.ofMinutes(1));
    care.look(List.of(FIRST, SECOND));
    assertThat(done).containsExactly("first", "second", "third", "first", "second");
  }

  @Test
  void aTargetThatIsAwayWaitsForItsNextTurnAndKeepsNoneOther() {
    down = true;
    care.look(List.of(FIRST, SECOND));
    assertThat(done).containsExactly("first", "second");
    down = false;
    care.look(List.of(FIRST));
    now = now.plus(Duration.ofHours(1));
    care.look(List.of(FIRST));
    assertThat(done).containsExactly("first", "second", "first");
  }
}
