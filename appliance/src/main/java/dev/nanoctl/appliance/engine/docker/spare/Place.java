package dev.nanoctl.appliance.engine.docker.spare;

import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume with a spare cluster in it, and the name of its container and network.
 *
 * @param instance the id of the instance
 * @param project the name of its Compose project
 * @param image the database's image
 * @param purpose such as {@code drill}
 * @param live whether it lies in the volume of the live database, to take its place by renaming
 */
public record Place(String instance, String project, String image, String purpose, boolean live) {
  /** Where the volume is mounted: where the image expects its data. */
  static final String MOUNT = "/var/lib/postgresql";

  private static final String POSTGRES = "postgres";

  String volume() {
    return project + "-" + (live ? POSTGRES : purpose);
  }

  String container() {
    return project + "-" + purpose + "-postgres";
  }

  /** Where everything that is not live lies, in the volume. */
  private String root() {
    return MOUNT + "/nanoctl-" + purpose;
  }

  /** A script with the folders filled in. */
  String filled(String script) {
    return script
        .replace("@ROOT@", root())
        .replace("@FOLDER@", root() + "/new")
        .replace("@KEPT@", root() + "/previous")
        .replace("@MARK@", MOUNT + "/nanoctl-instance")
        .replace("@INSTANCE@", instance);
  }

  /** Makes the volume where it is missing, as Compose would. */
  void makeVolume(DockerTool docker) throws InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "volume",
                "create",
                "--label",
                Container.INSTANCE + "=" + instance,
                "--label",
                "dev.nanoctl.project=" + project));
    if (live) {
      arguments.addAll(
          List.of(
              "--label",
              "com.docker.compose.project=" + project,
              "--label",
              "com.docker.compose.volume=" + POSTGRES));
    }
    arguments.add(volume());
    docker.run(arguments.toArray(new String[0]));
  }

  /** Removes what is not live; nothing there is no error. */
  void remove(DockerTool docker) throws InterruptedException {
    if (!live) {
      docker.run("volume", "rm", "--force", volume());
    } else if (docker.succeeds("volume", "inspect", volume())) {
      run(docker, "rm -rf @FOLDER@ && { rmdir @ROOT@ 2>/dev/null || true; } && sync");
    }
  }

  /** Runs a script with the volume, as root and without a network. */
  void run(DockerTool docker, String script) throws InterruptedException {
    docker.run(helper(List.of(), script).toArray(new String[0]));
  }

  List<String> helper(List<String> mounts, String script) {
    var arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--rm",
                "--network",
                "none",
                "--user",
                "0",
                "--label",
                Container.SPARE + "=" + instance,
                "--volume",
                volume() + ":" + MOUNT));
    arguments.addAll(mounts);
    arguments.addAll(List.of("--entrypoint", "sh", image, "-c", filled(script)));
    return arguments;
  }
}
