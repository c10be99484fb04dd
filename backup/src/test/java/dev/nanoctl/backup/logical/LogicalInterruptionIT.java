package dev.nanoctl.backup.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.core.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection is lost at every statement of a restore, one after the other. */
class LogicalInterruptionIT {
  private static final int MOST = 1000;

  @TempDir private Path folder;

  @Test
  void whereverItBreaksOffWhatIsLiveIsWholeAndASecondAttemptSucceeds() throws Exception {
    try (LogicalSite site = LogicalSite.start(folder)) {
      DatabaseSource database = site.database("broken");
      new RandomRows(3).fill(database, 20);
      Map<String, List<String>> then = LogicalSite.content(database, "public");
      Snapshot snapshot = site.backup(database);
      LogicalSite.run(database, "INSERT INTO log VALUES (100000, 'later')");
      Map<String, List<String>> now = LogicalSite.content(database, "public");

      int statements = untilDone(cut -> site.load(cut, snapshot), database, List.of(now));
      assertThat(statements).isGreaterThan(50);
      assertThat(LogicalSite.content(database, Schemas.NEXT)).isEqualTo(then);
      untilDone(cut -> new SchemaSwitch(cut).in(), database, List.of(now, then));
      assertThat(LogicalSite.content(database, "public")).isEqualTo(then);
      untilDone(cut -> new SchemaSwitch(cut).back(), database, List.of(then, now));
      assertThat(LogicalSite.content(database, "public")).isEqualTo(now);
      untilDone(cut -> new SchemaSwitch(cut).discard(), database, List.of(now));
      new SchemaSwitch(database).in();
      assertThat(LogicalSite.content(database, "public")).isEqualTo(now);
    }
  }

  private interface Work {
    void with(DatabaseSource database) throws Exception;
  }

  /** What is live is always one of those states as a whole. */
  private static int untilDone(
      Work work, DatabaseSource database, List<Map<String, List<String>>> states) throws Exception {
    for (int statement = 0; statement < MOST; statement++) {
      var cut = new CutOff(database, statement);
      try {
        work.with(cut);
      } catch (ProblemException e) {
        assertThat(cut.happened()).as(e.toString()).isTrue();
      }
      assertThat(states).contains(LogicalSite.content(database, "public"));
      if (!cut.happened()) {
        return statement;
      }
    }
    throw new AssertionError("it has no end");
  }
}
