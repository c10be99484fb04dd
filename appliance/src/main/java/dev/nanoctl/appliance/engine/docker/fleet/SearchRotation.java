package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.FreshSecrets;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.fleet.Rotation;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.DurableFile;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The master key of Meilisearch, which takes one key and only when it starts. So it is those who
 * ask that know two: the secret is two lines, the new key and the old one, until every container of
 * the app has both; then the search service is started with the new one, and they wait for it.
 */
record SearchRotation(Layout layout, DockerTool docker, DockerStack stack) implements Rotation {
  private static final String SERVICE = "search";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The search service reads the last line when it starts, whoever asks it both. */
  @Override
  public Secret make(Secret current) {
    String old = current.value().lines().reduce("", (_, last) -> last);
    return new Secret(FreshSecrets.random().value() + "\n" + old);
  }

  @Override
  public void acceptBoth(Secret current, Secret next) {}

  @Override
  public void acceptOne(Secret current, Secret old) throws InterruptedException {
    String key = current.value().lines().findFirst().orElseThrow();
    try {
      DurableFile.write(
          layout.secret(SecretNames.SEARCH_MASTER),
          (key + "\n").getBytes(StandardCharsets.UTF_8),
          "rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String container = stack.container(SERVICE);
    docker.run("restart", container);
    if (!docker.awaitHealthy(container, PATIENCE)) {
      throw new Problem.Unavailable(
              "NC-SECRET-REFUSED",
              "search did not start with the new key: " + stack.lastWords(container),
              "nanoctl logs search; then nanoctl resume")
          .raise();
    }
  }
}
