package dev.nanoctl.appliance.engine.docker.spare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that change places in a real volume, also when that was broken off in the middle. */
class VolumeReplacementStackIT {
  private static final String IMAGE = "postgres:18";
  private static final String LOOK =
      "for f in \"$PGDATA\" @FOLDER@/data @KEPT@; do cat $f/is 2>/dev/null || echo -n -; done";

  @TempDir private static Path home;
  private final String instance = UUID.randomUUID().toString();
  private final Place place =
      new Place(instance, "nanoctl-" + instance.substring(0, 8), IMAGE, "restore", true);
  private DockerTool docker;
  private VolumeReplacement replacement;

  @BeforeEach
  void require() throws InterruptedException {
    Optional<DockerTool> found = DockerTool.find();
    if (found.isEmpty() || !found.get().succeeds("image", "inspect", IMAGE)) {
      if (Boolean.getBoolean("stack.required")) {
        throw new AssertionError("the stack is required, but no engine with " + IMAGE + " answers");
      }
      abort("skipped: no Docker engine with " + IMAGE + " answers");
    }
    docker = found.get();
    place.makeVolume(docker);
    replacement = new VolumeReplacement(docker, place, home);
  }

  @AfterEach
  void remove() throws InterruptedException {
    if (docker != null) {
      docker.run("volume", "rm", "--force", place.volume());
    }
  }

  @Test
  void theRestoredOneIsLiveAndTheOtherIsKeptUntilItIsForgotten() throws Exception {
    make("$PGDATA", "old");
    make("@FOLDER@/data", "new");
    replacement.switchIn();
    replacement.switchIn();
    assertThat(seen()).as("live, restored, kept").isEqualTo("new - old");
    assertThat(said("cat @MARK@")).isEqualTo(instance);
    replacement.switchBack();
    replacement.switchBack();
    assertThat(seen()).isEqualTo("old new -");
    replacement.switchIn();
    replacement.forget();
    assertThat(seen()).isEqualTo("new - -");
    replacement.switchBack();
    assertThat(seen()).as("nothing to go back to").isEqualTo("new - -");
    assertThat(said("ls @FOLDER@/.. 2>/dev/null | wc -l")).isEqualTo("0");
  }

  @Test
  void whatWasBrokenOffIsEnded() throws Exception {
    make("@FOLDER@/data", "new");
    make("@KEPT@", "old");
    replacement.switchIn();
    assertThat(seen()).isEqualTo("new - old");
    place.run(docker, "mv -T \"$PGDATA\" @FOLDER@/data");
    replacement.switchBack();
    assertThat(seen()).isEqualTo("old new -");
  }

  @Test
  void nothingLiveIsEverOverwritten() throws Exception {
    make("$PGDATA", "live");
    make("@FOLDER@/data", "new");
    make("@KEPT@", "old");
    assertThatThrownBy(replacement::switchIn).hasMessageContaining("not empty");
    assertThat(seen()).isEqualTo("live new old");
  }

  private void make(String folder, String is) throws InterruptedException {
    place.run(docker, "mkdir -p %1$s && printf %%s %2$s >%1$s/is".formatted(folder, is));
  }

  private String seen() throws InterruptedException {
    return said(LOOK.replace("; done", "; echo -n ' '; done"));
  }

  private String said(String script) throws InterruptedException {
    return docker.run(place.helper(java.util.List.of(), script).toArray(new String[0])).strip();
  }
}
