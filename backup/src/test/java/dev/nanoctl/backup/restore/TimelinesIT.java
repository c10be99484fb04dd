package dev.nanoctl.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nanoctl.backup.LogPosition;
import dev.nanoctl.backup.pg.TestPostgres;
import dev.nanoctl.backup.wal.LogShipper;
import dev.nanoctl.backup.wal.MemoryLogStore;
import dev.nanoctl.backup.wal.ShipperSettings;
import dev.nanoctl.core.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of restores: PostgreSQL numbers their timelines alike, lineages tell them apart. */
class TimelinesIT {
  @TempDir private Path folder;

  private final MemoryLogStore store = new MemoryLogStore();

  @Test
  void everyBranchKeepsItsOwnRowsAndNoOthers() throws Exception {
    try (Branch first = branch(TestPostgres.started(), "first")) {
      first.postgres().sql("CREATE TABLE ledger (branch text, n int)");
      rows(first, "a");
      LogPosition fork = first.position();
      rows(first, "abandoned");
      first.shipped();
      try (Branch second = branch(first.restored(new RestoreTarget.Position(fork)), "second");
          Branch third = branch(first.restored(new RestoreTarget.Position(fork)), "third")) {
        assertThat(timeline(second)).isEqualTo(2);
        assertThat(timeline(third)).isEqualTo(2);
        rows(second, "b");
        second.shipped();
        rows(third, "c");
        third.shipped();
        try (Branch fourth = branch(second.restored(new RestoreTarget.Newest()), "fourth")) {
          assertThat(timeline(fourth)).isEqualTo(3);
          rows(fourth, "d");
          fourth.shipped();
          holds(first, "a", "abandoned");
          holds(second, "a", "b");
          holds(third, "a", "c");
          holds(fourth, "a", "b", "d");
          refusesToGoOn(first, second);
        }
      }
    }
  }

  private Branch branch(TestPostgres postgres, String name) throws Exception {
    return Branch.begin(postgres, store, Files.createDirectory(folder.resolve(name)));
  }

  private static int timeline(Branch branch) {
    return branch.snapshot().cut().timeline();
  }

  private static void rows(Branch branch, String name) throws Exception {
    branch.postgres().sql("INSERT INTO ledger SELECT '" + name + "', generate_series(1, 100)");
  }

  private static void holds(Branch branch, String... names) throws Exception {
    try (TestPostgres restored = branch.restored(new RestoreTarget.Newest())) {
      assertThat(restored.sql("SELECT branch, count(*) FROM ledger GROUP BY 1 ORDER BY 1"))
          .isEqualTo(Stream.of(names).map(name -> List.of(name, "100")).toList());
    }
  }

  /** The log of a restored server must never be appended to the one it left. */
  private void refusesToGoOn(Branch left, Branch restored) throws Exception {
    var settings = new ShipperSettings(left.lineage(), "other", 1 << 20, Duration.ZERO, 1);
    var archived = LogShipper.archived(store, settings, left.snapshot().cut().systemId());
    assertThatThrownBy(
            () -> Branch.shipper(restored.postgres(), left.lineage(), store).run(archived))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("NC-BACKUP-LINEAGE"));
  }
}
