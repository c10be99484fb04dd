package dev.nanoctl.appliance.engine.docker.spare;

import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.postgres.Replacement;
import dev.nanoctl.appliance.postgres.SpareCluster;
import java.nio.file.Path;
import java.util.List;

/**
 * The replacement for a cluster in a volume. The restored one is in the same volume, so that both
 * change places by renaming, however large they are.
 */
public final class VolumeReplacement implements Replacement {
  private static final String SWITCH_IN =
      """
      set -e
      if [ -e @FOLDER@/data ]; then
        if [ -e "$PGDATA" ] && [ ! -e @KEPT@ ]; then
          mv -T "$PGDATA" @KEPT@
        fi
        mkdir -p "$(dirname "$PGDATA")"
        mv -T @FOLDER@/data "$PGDATA"
      fi
      printf %s @INSTANCE@ >@MARK@
      sync
      """;

  private static final String SWITCH_BACK =
      """
      set -e
      if [ -e @KEPT@ ]; then
        if [ -e "$PGDATA" ]; then
          mkdir -p @FOLDER@
          rm -rf @FOLDER@/data
          mv -T "$PGDATA" @FOLDER@/data
        fi
        mv -T @KEPT@ "$PGDATA"
        sync
      fi
      """;

  private final DockerTool docker;
  private final Place place;
  private final Path home;

  /**
   * The replacement there.
   *
   * @param place in the volume of the live database
   * @param home a folder of this machine for what is fetched, until it is in the volume
   */
  public VolumeReplacement(DockerTool docker, Place place, Path home) {
    this.docker = docker;
    this.place = place;
    this.home = home;
  }

  @Override
  public SpareCluster spare() {
    return new SpareContainer(docker, place, home);
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public void settle(String log) throws InterruptedException {
    place.run(docker, "rm -rf @FOLDER@/data/" + log);
  }

  @Override
  public void switchIn() throws InterruptedException {
    place.run(docker, SWITCH_IN);
  }

  @Override
  public void switchBack() throws InterruptedException {
    place.run(docker, SWITCH_BACK);
  }

  @Override
  public void forget() throws InterruptedException {
    place.run(docker, "rm -rf @ROOT@ && sync");
  }

  /** Whoever finds an empty index writes it anew. */
  @Override
  public void dropDerived() throws InterruptedException {
    String search = place.project() + "-search";
    if (docker.succeeds("volume", "inspect", search)) {
      docker.run(
          place
              .helper(List.of("--volume", search + ":/search"), "find /search -mindepth 1 -delete")
              .toArray(new String[0]));
    }
  }
}
