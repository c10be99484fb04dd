package dev.nanoctl.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.LogPosition;
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
  private Optional<LogPosition> missing = Optional.empty();
  private final LogCare care = new LogCare(new Work(), () -> now);

  private final class Work implements LogCare.Work {
    @Override
    public LogCompactor.Report compact(Target target) {
      done.add(target.name());
      if (down) {
        throw new Problem.Unavailable("NC-BACKUP-TARGET-DOWN", "away", "wait").raise();
      }
      return new LogCompactor.Report(1, 16, 1 << 20, List.of("one is damaged"));
    }

    @Override
    public Optional<LogPosition> missing(Target target) {
      return missing;
    }

    @Override
    public void lost(Target target, LogPosition from) {
      done.add(target.name() + " lost " + from);
    }
  }

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
  void whatIsMissingTwiceIsLost() {
    missing = Optional.of(new LogPosition(16 << 20));
    care.look(List.of(FIRST));
    now = now.plus(Duration.ofSeconds(29));
    care.look(List.of(FIRST));
    assertThat(done).containsExactly("first");
    now = now.plus(Duration.ofSeconds(1));
    care.look(List.of(FIRST));
    assertThat(done).containsExactly("first", "first lost 0/1000000");
  }

  @Test
  void whatAListingDidNotShowForAMomentIsNotLost() {
    for (int i = 0; i < 3; i++) {
      missing = Optional.of(new LogPosition(16 << 20));
      care.look(List.of(FIRST));
      now = now.plus(Duration.ofSeconds(30));
      missing = Optional.empty();
      care.look(List.of(FIRST));
      now = now.plus(Duration.ofHours(1));
    }
    assertThat(done).containsExactly("first", "first", "first");
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
