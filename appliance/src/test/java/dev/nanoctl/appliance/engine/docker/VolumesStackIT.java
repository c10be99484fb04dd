package dev.nanoctl.appliance.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that are not what they should be, on a real engine: refused, and nothing is touched. */
class VolumesStackIT {
  private static final String IMAGE = "redis:8";

  private final DockerApi api = DockerApi.of(System.getenv());
  private final String instance = UUID.randomUUID().toString();
  private final String project = "nanoctl-" + instance.substring(0, 8);
  private final Volumes volumes = new Volumes(api, instance, project);
  private final String other = UUID.randomUUID().toString();

  @BeforeEach
  void require() {
    if (!api.answers() || api.find("/images/" + IMAGE + "/json").isEmpty()) {
      if (Boolean.getBoolean("stack.required")) {
        throw new AssertionError("the stack is required, but no engine with " + IMAGE + " answers");
      }
      abort("skipped: no Docker engine with " + IMAGE + " answers");
    }
  }

  @AfterEach
  void remove() {
    for (String id : Set.of(instance, other)) {
      api.containers(id).forEach(c -> api.delete("/containers/" + c.id() + "?force=1"));
    }
    for (String name : DockerSite.VOLUMES) {
      api.delete("/volumes/" + project + "-" + name);
    }
    api.close();
  }

  @Test
  void aVolumeOfAnotherInstanceOrOfNobodyIsRefused() {
    volume("objects", other);
    refuses("NC-VOLUME-FOREIGN", volumes::examine);
    api.delete("/volumes/" + project + "-objects");
    volume("objects", "");
    refuses("NC-VOLUME-FOREIGN", volumes::examine);
  }

  @Test
  void aContainerOfAnotherProjectIsRefused() {
    volume("postgres", instance);
    container("true", "nanoctl-before");

    assertThat(refuses("NC-PROJECT-CHANGED", volumes::examine)).contains("nanoctl-before", project);
  }

  @Test
  void whereDataWereAMissingVolumeIsRefused() {
    assertThat(refuses("NC-VOLUME-MISSING", () -> volumes.requireData(IMAGE, true)))
        .contains(project + "-postgres");
    volume("postgres", instance);
    assertThat(refuses("NC-VOLUME-MISSING", () -> volumes.requireData(IMAGE, true)))
        .contains(project + "-objects");
  }

  @Test
  void whereDataWereAnEmptyVolumeIsRefused() {
    volume("postgres", instance);
    volume("objects", instance);

    refuses("NC-VOLUME-EMPTY", () -> volumes.requireData(IMAGE, true));
  }

  @Test
  void aVolumeWithAnotherInstancesDataIsRefusedThoughItsLabelIsRight() throws IOException {
    volume("postgres", instance);
    writeMark(other);
    assertThat(refuses("NC-VOLUME-FOREIGN", () -> volumes.requireData(IMAGE, false)))
        .contains(other, instance);

    writeMark(instance);
    volumes.requireData(IMAGE, false);
    assertThat(volumes.examine()).isTrue();
  }

  private String refuses(String code, ThrowingCallable call) {
    Set<String> before = there();
    ProblemException refused = catchThrowableOfType(ProblemException.class, call);
    assertThat(refused.problem().code()).isEqualTo(code);
    assertThat(refused.problem().fix()).isNotBlank();
    assertThat(there()).as("nothing is touched").isEqualTo(before);
    return refused.problem().message();
  }

  /** Volumes and containers that the tests made, as they are now. */
  private Set<String> there() {
    var all = new TreeSet<String>();
    ((JsonObject) api.get("/volumes"))
        .array("Volumes")
        .map(JsonArray::objects)
        .ifPresent(found ->
            found
                .filter(v -> v.text("Name").orElse("").startsWith(project))
                .forEach(v -> all.add(v.toString())));
    for (String id : Set.of(instance, other)) {
      api.containers(id).forEach(c -> all.add(c.toString()));
    }
    return all;
  }

  private void volume(String name, String owner) {
    JsonObject labels =
        owner.isEmpty()
            ? JsonObject.EMPTY
            : JsonObject.builder().put(Container.INSTANCE, owner).build();
    api.post(
        "/volumes/create",
        JsonObject.builder().put("Name", project + "-" + name).put("Labels", labels).build());
  }

  private String container(String command, String ofProject) {
    JsonObject labels =
        JsonObject.builder()
            .put(Container.INSTANCE, instance)
            .put("com.docker.compose.project", ofProject)
            .build();
    JsonObject how =
        JsonObject.builder()
            .put("Image", IMAGE)
            .put("Entrypoint", JsonArray.ofTexts(List.of("/bin/sh", "-c", command)))
            .put("User", "0")
            .put("Labels", labels)
            .put(
                "HostConfig",
                JsonObject.builder()
                    .put("Binds", JsonArray.ofTexts(List.of(project + "-postgres:/data")))
                    .build())
            .build();
    return ((JsonObject) api.post("/containers/create", how)).text("Id").orElseThrow();
  }

  private void writeMark(String id) {
    String made = container("printf %s " + id + " > /data/nanoctl-instance", project);
    api.post("/containers/" + made + "/start");
    api.post("/containers/" + made + "/wait", JsonObject.EMPTY);
    api.delete("/containers/" + made + "?force=1");
  }
}
