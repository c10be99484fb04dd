package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.ServerMetrics;
import dev.nanoctl.core.ProblemException;
import java.util.List;
import java.util.Optional;

/** What the containers of the application tell about themselves, together. */
final class AppMetrics {
  private static final List<String> ASK =
      List.of("curl", "-fsS", "--max-time", "3", "http://127.0.0.1:8080" + ServerMetrics.PATH);

  private final DockerApi api;
  private final String instance;

  AppMetrics(DockerApi api, String instance) {
    this.api = api;
    this.instance = instance;
  }

  /** What all tell together; nothing unless each of them answers. */
  Optional<ServerMetrics> together() {
    List<Container> apps =
        api.containers(instance).stream()
            .filter(container -> container.service().equals("app") && container.healthy())
            .toList();
    var text = new StringBuilder();
    try {
      apps.forEach(app -> text.append(api.exec(app.id(), ASK)).append('\n'));
    } catch (ProblemException e) {
      return Optional.empty(); // one ended in this very moment; the status says so
    }
    return apps.isEmpty() ? Optional.empty() : Optional.of(ServerMetrics.parse(text.toString()));
  }
}
