package dev.nanoctl.cli.drill;

import dev.nanoctl.backup.Part;
import dev.nanoctl.backup.SnapshotFile;
import dev.nanoctl.backup.manifest.Snapshot;
import dev.nanoctl.cli.drill.DrillReport.Check;
import dev.nanoctl.core.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Reads every so manieth object of a backup and compares it with its digest. */
final class ObjectChecks {
  private static final int FEW = 20;
  private static final int MANY = 200;

  private final Snapshot snapshot;
  private final RandomGenerator random;
  private final Consumer<String> news;

  ObjectChecks(Snapshot snapshot, RandomGenerator random, Consumer<String> news) {
    this.snapshot = snapshot;
    this.random = random;
    this.news = news;
  }

  /**
   * Reads about 200 objects, or 20 as a sample, beginning anywhere; and counts what was there when
   * the backup was taken.
   */
  Check check(boolean sampled) throws IOException {
    news.accept("reading objects");
    List<SnapshotFile> objects =
        snapshot.manifest().files().stream().filter(f -> f.part() == Part.OBJECTS).toList();
    int step = Math.max(1, objects.size() / (sampled ? FEW : MANY));
    int read = 0;
    for (int i = random.nextInt(step); i < objects.size(); i += step) {
      try {
        snapshot.read(objects.get(i), (_, _, _) -> {});
        read++;
      } catch (ProblemException e) {
        return new Check("objects", false, e.problem().message());
      }
    }
    return counted(objects, read);
  }

  private Check counted(List<SnapshotFile> objects, int read) {
    Map<String, String> facts = snapshot.manifest().facts();
    // deleted ones are kept for a while, without any permission
    List<SnapshotFile> live = objects.stream().filter(f -> f.source().mode() != 0).toList();
    long bytes = live.stream().mapToLong(f -> f.source().size()).sum();
    boolean same =
        facts.getOrDefault("objects.count", "").equals(Integer.toString(live.size()))
            && facts.getOrDefault("objects.bytes", "").equals(Long.toString(bytes));
    return new Check(
        "objects",
        same,
        "%,d objects of %,d bytes%s; %,d were read and are what they were"
            .formatted(live.size(), bytes, same ? "" : ", not as many as were counted", read));
  }
}
