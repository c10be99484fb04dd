package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.fleet.AppContainer;
import dev.nanoctl.appliance.fleet.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The containers of an instance's Compose project. */
public final class DockerStack implements Stack {
  private static final String APP = "app";
  private static final int GRACE_SECONDS = 45;
  private static final String FORM =
      "{{.Id}} {{.Config.Image}} {{.State.Status}}"
          + " {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.Created}}"
          + " {{index .Config.Labels \"com.docker.compose.config-hash\"}}";

  private final DockerTool docker;
  private final String project;
  private final Path file;
  private final Rendering rendering;

  /** The project of that name, described by that Compose file. */
  public DockerStack(DockerTool docker, String project, Path file, Rendering rendering) {
    this.docker = docker;
    this.project = project;
    this.file = file;
    this.rendering = rendering;
  }

  @Override
  public List<AppContainer> apps() throws InterruptedException {
    String ids = docker.run(listing(APP).toArray(new String[0]));
    var apps = new ArrayList<AppContainer>();
    for (String id : ids.lines().toList()) {
      // one that was removed in this very moment is none
      if (docker.succeeds("inspect", "--type", "container", id)) {
        apps.add(parse(docker.run("inspect", "--type", "container", "--format", FORM, id)));
      }
    }
    apps.sort(Comparator.comparing(AppContainer::created));
    return List.copyOf(apps);
  }

  private List<String> listing(String service) {
    return List.of(
        "ps",
        "--all",
        "--quiet",
        "--no-trunc",
        "--filter",
        "label=com.docker.compose.project=" + project,
        "--filter",
        "label=com.docker.compose.service=" + service,
        "--filter",
        "label=com.docker.compose.oneoff=False");
  }

  static AppContainer parse(String line) {
    String[] parts = line.split(" ", -1);
    String health = parts[3].equals("none") ? "" : parts[3];
    return new AppContainer(
        parts[0], parts[1], parts[2], health, Instant.parse(parts[4]), parts[5]);
  }

  @Override
  public void start(String image, int total) throws InterruptedException {
    try {
      rendering.use(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    docker.run(
        "compose",
        "--project-name",
        project,
        "--file",
        file.toString(),
        "--progress",
        "plain",
        "up",
        "--detach",
        "--no-build",
        "--no-deps",
        "--no-recreate",
        "--scale",
        APP + "=" + total,
        APP);
  }

  @Override
  public void drain(String id) throws InterruptedException {
    docker.run("stop", "--time", Integer.toString(GRACE_SECONDS), id);
    docker.run("rm", "--force", "--volumes", id);
  }

  @Override
  public String lastWords(String id) throws InterruptedException {
    return docker
        .run("logs", "--tail", "5", id)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((_, last) -> last)
        .orElse("");
  }

  @Override
  public void dropImage(String image) throws InterruptedException {
    docker.succeeds("rmi", image); // without force it refuses what a container is made from
  }

  @Override
  public void build(String image) throws InterruptedException {
    try {
      rendering.build(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one container of a service. */
  String container(String service) throws InterruptedException {
    return find(service)
        .orElseThrow(() -> new IllegalStateException("there is no container of " + service));
  }

  /** The one container of a service, if the instance has it. */
  Optional<String> find(String service) throws InterruptedException {
    return docker.run(listing(service).toArray(new String[0])).lines().findFirst();
  }
}
