package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.fleet.Rotation;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.Secret;
import dev.nanoctl.core.json.Json;
import dev.nanoctl.core.json.JsonArray;
import dev.nanoctl.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/**
 * The pair of keys of the instance's own S3 store. The store reads its list of pairs again when it
 * is told to, without closing a connection.
 */
record StoreRotation(Layout layout, DockerTool docker, DockerStack stack) implements Rotation {
  private static final String TELL = "cat >/run/nanoctl/s3.json && kill -HUP 1";

  @Override
  public Secret make(Secret current) {
    return FreshSecrets.random();
  }

  @Override
  public Set<String> together() {
    return Set.copyOf(SecretNames.S3);
  }

  /** Both pairs lie there before either key of the new one is promoted. */
  @Override
  public void acceptBoth(Secret current, Secret next) throws InterruptedException {
    tell(List.of(pair(""), pair(".next")));
  }

  @Override
  public void acceptOne(Secret current, Secret old) throws InterruptedException {
    tell(List.of(pair("")));
  }

  private JsonObject pair(String state) {
    return JsonObject.builder()
        .put("accessKey", text(SecretNames.S3_ACCESS + state))
        .put("secretKey", text(SecretNames.S3_SECRET + state))
        .build();
  }

  private String text(String name) {
    try {
      return Files.readString(layout.secret(name)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(List<JsonObject> pairs) throws InterruptedException {
    JsonObject identity =
        JsonObject.builder()
            .put("name", "nanoctl")
            .put("credentials", array(pairs))
            .put("actions", JsonArray.ofTexts(List.of("Admin", "Read", "List", "Tagging", "Write")))
            .build();
    JsonObject all = JsonObject.builder().put("identities", array(List.of(identity))).build();
    docker.run(
        List.of("exec", "-i", "-u", "1000:1000", stack.container("objects"), "sh", "-c", TELL),
        Json.text(all));
  }

  private static JsonArray array(List<JsonObject> objects) {
    return new JsonArray(List.copyOf(objects));
  }
}
