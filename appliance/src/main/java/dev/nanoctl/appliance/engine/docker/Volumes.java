package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.core.Problem;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The volumes of an instance. Each carries the instance's id as a label; the database's holds it in
 * a file, too, so that an empty or exchanged one is noticed before anything is written to it.
 */
public final class Volumes {
  private static final String MARK = "nanoctl-instance";
  private static final String RESTORE =
      "restore it from a backup, or begin anew: nanoctl uninstall --purge, then nanoctl install";

  private final DockerApi api;
  private final String instance;
  private final String project;

  /** The volumes of that instance. */
  public Volumes(DockerApi api, String instance, String project) {
    this.api = api;
    this.instance = instance;
    this.project = project;
  }

  /** Whether this instance's database is there; a problem when a volume is somebody else's. */
  public boolean examine() {
    refuseOtherProjects();
    boolean data = false;
    for (String name : DockerSite.VOLUMES) {
      Optional<JsonObject> volume = api.find("/volumes/" + volume(name));
      if (volume.isPresent()) {
        requireOurs(volume(name), volume.get());
        data |= name.equals("postgres");
      }
    }
    return data;
  }

  /**
   * Makes sure that the database's volume holds this instance's data, and that the packages' volume
   * is there.
   *
   * @param image an image to look into the volume with; nothing of it runs
   * @param bundledStore whether packages are kept in the store of the instance itself
   */
  public void requireData(String image, boolean bundledStore) throws IOException {
    String name = volume("postgres");
    requireThere(name, "the database");
    if (bundledStore) {
      requireThere(volume("objects"), "the packages");
    }
    Optional<String> mark = mark(image);
    if (mark.isEmpty()) {
      throw refused(
          "NC-VOLUME-EMPTY",
          "the volume %s is there, and this instance's database is not in it".formatted(name),
          RESTORE);
    }
    if (!mark.get().equals(instance)) {
      throw refused(
          "NC-VOLUME-FOREIGN",
          "the volume %s holds the database of instance %s, not of %s"
              .formatted(name, mark.get(), instance),
          "keep it for its owner: docker volume inspect " + name);
    }
  }

  private void requireThere(String name, String what) {
    if (api.find("/volumes/" + name).isEmpty()) {
      throw refused(
          "NC-VOLUME-MISSING",
          "the volume %s, which holds %s, is gone".formatted(name, what),
          RESTORE);
    }
  }

  /** Puts the mark into the volume of the running database. */
  public void mark(Container postgres) {
    api.exec(
        postgres.id(),
        List.of(
            "/bin/sh",
            "-c",
            "printf %%s '%s' >%s/%s && sync"
                .formatted(instance, DockerSite.DATABASE_FOLDER, MARK)));
  }

  /** Removes all that carry this instance's label. */
  public void remove() {
    ((JsonObject) api.get("/volumes?filters=" + DockerApi.labelled(instance)))
        .array("Volumes")
        .map(JsonArray::objects)
        .ifPresent(all ->
            all.forEach(volume -> api.delete("/volumes/" + volume.text("Name").orElseThrow())));
  }

  private String volume(String name) {
    return project + "-" + name;
  }

  private void requireOurs(String name, JsonObject volume) {
    Optional<String> label =
        volume.object("Labels").flatMap(labels -> labels.text(Container.INSTANCE));
    if (!label.equals(Optional.of(instance))) {
      throw refused(
          "NC-VOLUME-FOREIGN",
          "the volume %s belongs to %s, not to instance %s"
              .formatted(name, label.map(id -> "instance " + id).orElse("somebody else"), instance),
          "keep it for its owner: docker volume inspect " + name);
    }
  }

  private void refuseOtherProjects() {
    for (Container container : api.containers(instance)) {
      if (!container.project().equals(project)) {
        throw refused(
            "NC-PROJECT-CHANGED",
            "the container %s of this instance belongs to the project %s, not to %s"
                .formatted(container.shortId(), container.project(), project),
            "remove it: docker rm -f %s; its volumes stay".formatted(container.shortId()));
      }
    }
  }

  /** Reads the mark through a container that is made for that and never started. */
  private Optional<String> mark(String image) throws IOException {
    var how =
        JsonObject.builder()
            .put("Image", image)
            .put("Entrypoint", JsonArray.ofTexts(List.of("true")))
            .put("Labels", JsonObject.builder().put("dev.nanoctl.look", instance).build())
            .put(
                "HostConfig",
                JsonObject.builder()
                    .put(
                        "Binds",
                        JsonArray.ofTexts(List.of(volume("postgres") + ":/nanoctl-look:ro")))
                    .build())
            .build();
    String id = ((JsonObject) api.post("/containers/create", how)).text("Id").orElseThrow();
    try {
      String path = "/containers/" + id + "/archive?path=" + DockerApi.encoded("/nanoctl-look/");
      return api.exists(path + MARK)
          ? Optional.of(api.read(path + MARK, Volumes::firstFile))
          : Optional.empty();
    } finally {
      api.delete("/containers/" + id + "?force=1");
    }
  }

  private static String firstFile(InputStream stream) throws IOException {
    try (var tar = new TarArchiveInputStream(stream)) {
      return tar.getNextEntry() == null
          ? ""
          : new String(tar.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  private static dev.nanoctl.core.ProblemException refused(
      String code, String message, String fix) {
    return new Problem.Preflight(code, message, fix).raise();
  }
}
