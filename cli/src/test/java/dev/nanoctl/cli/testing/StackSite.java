package dev.nanoctl.cli.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.nanoctl.appliance.engine.docker.Container;
import dev.nanoctl.appliance.engine.docker.DockerApi;
import dev.nanoctl.appliance.engine.docker.project.Images;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import dev.nanoctl.core.site.SiteConfig.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A site that runs as containers, for tests: closing it removes all that carries its label. */
public final class StackSite implements AutoCloseable {
  private static final Path SEARCH_DOUBLE = Path.of("../server/src/test/meili/build-image");

  private final DockerApi api = DockerApi.of(System.getenv());
  private final LaunchedNanoctl nanoctl;

  private StackSite(Path site) {
    this.nanoctl = new LaunchedNanoctl(site);
  }

  /** A site in that folder; the test is skipped where there is no engine or an image is missing. */
  public static StackSite in(Path folder) throws IOException, InterruptedException {
    return in(folder, Profile.MINIMAL);
  }

  /** The same, with the images of that profile. */
  public static StackSite in(Path folder, Profile profile)
      throws IOException, InterruptedException {
    var site = new StackSite(folder);
    if (!site.api.answers()) {
      skip("no Docker engine answers");
    }
    if (Files.isExecutable(SEARCH_DOUBLE)) {
      new ProcessBuilder(SEARCH_DOUBLE.toAbsolutePath().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
    Images images = Images.bundled();
    for (String service : images.in(profile)) {
      String image = images.of(service).reference();
      if (!service.equals("app") && site.api.find("/images/" + image + "/json").isEmpty()) {
        skip("the image " + image + " is not here");
      }
    }
    return site;
  }

  private static void skip(String why) {
    if (Boolean.getBoolean("stack.required")) {
      throw new AssertionError("the stack is required, but " + why);
    }
    abort("skipped: " + why);
  }

  /** The program, for this site. */
  public LaunchedNanoctl nanoctl() {
    return nanoctl;
  }

  /** The engine. */
  public DockerApi api() {
    return api;
  }

  /** The instance's id, once it is noted. */
  public String instance() throws IOException {
    String note = Files.readString(nanoctl.site().resolve("state/instance.json"));
    return Json.parseObject(note).text("id").orElseThrow();
  }

  /** The containers of the instance. */
  public List<Container> containers() throws IOException {
    return api.containers(instance());
  }

  /** How many containers, networks and volumes carry that instance's label. */
  public int left(String instance) {
    String filter = DockerApi.labelled(instance);
    int networks = ((JsonArray) api.get("/networks?filters=" + filter)).size();
    int volumes =
        ((JsonObject) api.get("/volumes?filters=" + filter))
            .array("Volumes")
            .map(JsonArray::size)
            .orElse(0);
    return api.containers(instance).size() + networks + volumes;
  }

  /** Kills a container's process, as an engine's own restart policy is to notice. */
  public void kill(Container container) throws IOException, InterruptedException {
    long pid =
        api.find("/containers/" + container.id() + "/json")
            .flatMap(seen -> seen.object("State"))
            .map(state -> state.integer("Pid").orElse(0))
            .orElseThrow();
    new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(nanoctl.site().resolve("state/instance.json"))) {
        nanoctl.run("uninstall", "--purge", "--yes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while it was removed", e);
    } finally {
      api.close();
    }
  }
}
