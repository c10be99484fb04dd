package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.templates.Templates;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders the files of an instance's Compose project. None of them holds a secret. */
public final class Project {
  /** The Compose file's name in the project's folder. */
  public static final String COMPOSE = "compose.yml";

  private Project() {}

  /**
   * Every file of the project, by its path below the project's folder, the Compose file last.
   *
   * @throws IllegalArgumentException when a value is missing
   */
  public static Map<String, String> render(ProjectSpec spec) {
    var texts = new LinkedHashMap<String, String>();
    var values = new Values(spec);
    for (String service : spec.images().in(spec.profile())) {
      for (String path : Mounts.rendered(service)) {
        texts.computeIfAbsent(
            path, _ -> Templates.render(Mounts.template(path), values.forFile(path)));
      }
    }
    texts.put(COMPOSE, Templates.render("compose/compose.yml", values.forCompose(texts)));
    return texts;
  }
}
