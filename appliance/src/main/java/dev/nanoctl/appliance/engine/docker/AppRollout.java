package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.fleet.AppContainer;
import dev.nanoctl.appliance.fleet.Rolling;
import dev.nanoctl.appliance.fleet.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings containers of the app that serve people up to date with how they are described now, one
 * beside the other. Compose would stop all of them before it starts the first new one.
 */
final class AppRollout {
  private static final String APP = "app";

  private final DockerSite site;
  private final Compose compose;
  private final DockerParts parts;
  private final Interruption interruption;

  AppRollout(DockerSite site, Compose compose, DockerParts parts, Interruption interruption) {
    this.site = site;
    this.compose = compose;
    this.parts = parts;
    this.interruption = interruption;
  }

  /** Does nothing where no container of the app serves, or all are as they are described. */
  void run(Consumer<String> progress) throws InterruptedException {
    List<Container> running =
        parts.api().containers(site.instance().id()).stream()
            .filter(container -> container.service().equals(APP) && container.runs())
            .toList();
    if (running.isEmpty()) {
      return;
    }
    Stack stack = AppFleet.stack(site, parts);
    String hash = compose.hash(APP);
    if (stack.apps().stream().map(AppContainer::hash).allMatch(hash::equals)) {
      return;
    }
    var others = new ArrayList<>(site.expected().keySet());
    others.remove(APP);
    compose.up(others, progress);
    progress.accept("replacing the application's containers one by one");
    String image = AppImage.noted(site.instance().layout()).orElseThrow();
    new Rolling(stack, interruption::requested)
        .renew(image, site.config().docker().apps(), container -> container.hash().equals(hash));
  }
}
