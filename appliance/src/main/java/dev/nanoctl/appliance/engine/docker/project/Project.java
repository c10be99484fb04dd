package dev.nanoctl.appliance.engine.docker.project;

import dev.nanoctl.templates.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders the files of an instance's Compose project. None of them holds a secret. */
public final class Project {
  /** The Compose file's name in the project's folder. */
  public static final String COMPOSE = "compose.yml";

  /** The rendered files and their templates, in the order they are written. */
  private static final Map<String, String> FILES = files();

  private Project() {}

  private static Map<String, String> files() {
    var files = new LinkedHashMap<String, String>();
    for (String script :
        List.of(
            "lib.sh", "app.sh", "entry.sh", "objects.sh", "postgres.sh", "redis.sh", "search.sh")) {
      files.put("start/" + script, "compose/start/" + script);
    }
    files.put("nginx/nginx.conf", "nginx/nginx.conf");
    files.put("nginx/locations.conf", "nginx/locations.conf");
    files.put("nginx/unavailable.html", "nginx/unavailable.html");
    files.put("postgres/postgresql.conf", "postgres/container.conf");
    files.put("postgres/pg_hba.conf", "postgres/container_hba.conf");
    files.put("redis/cache.conf", "redis/cache.conf");
    files.put("redis/state.conf", "redis/state.conf");
    return files;
  }

  /**
   * Every file of the project, by its path below the project's folder, the Compose file last.
   *
   * @throws IllegalArgumentException when a value is missing
   */
  public static Map<String, String> render(ProjectSpec spec) {
    var texts = new LinkedHashMap<String, String>();
    var values = new Values(spec);
    FILES.forEach(
        (path, template) -> texts.put(path, Templates.render(template, values.forFile(path))));
    texts.put(COMPOSE, Templates.render("compose/compose.yml", values.forCompose(texts)));
    return texts;
  }
}
