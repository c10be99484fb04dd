package dev.nanoctl.appliance.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The replacement for a cluster in a site's folder: data directories change places by renaming.
 *
 * @param live the cluster of the instance
 * @param restored the one beside it
 * @param search the folder of the search index
 */
public record ProcessReplacement(Cluster live, Cluster restored, Path search)
    implements Replacement {
  private static final List<String> RENDERED = List.of("postgresql.conf", "pg_hba.conf");
  private static final String DATA = "postgres/data";

  @Override
  public SpareCluster spare() {
    return new ProcessSpare(restored);
  }

  @Override
  public List<String> names() {
    return List.of(DATA);
  }

  /** What was made for this machine holds, not what was when the backup was taken. */
  @Override
  public void settle(String log) throws IOException {
    Trees.delete(restored.data().resolve(log));
    var names = new ArrayList<>(RENDERED);
    names.add(live.stamp().getFileName().toString());
    for (String name : names) {
      Path from = live.data().resolve(name);
      Path to = restored.data().resolve(name);
      Files.deleteIfExists(to);
      if (Files.exists(from)) {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        restored.account().own(to);
      }
    }
  }

  @Override
  public void switchIn() {}

  @Override
  public void switchBack() {}

  @Override
  public void forget() {}

  @Override
  public void dropDerived() throws IOException {
    Trees.delete(search);
  }
}
