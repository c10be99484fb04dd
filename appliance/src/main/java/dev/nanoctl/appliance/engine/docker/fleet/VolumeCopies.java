package dev.nanoctl.appliance.engine.docker.fleet;

import dev.nanoctl.appliance.fleet.SafetyCopy;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Physical copies of the database, each in a volume that carries the instance's id. They are taken
 * through the running server and can be started as they are.
 */
public final class VolumeCopies implements SafetyCopy {
  private static final String COPY = "dev.nanoctl.copy";
  private static final String INSTANCE = "dev.nanoctl.instance";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TAKE =
      DockerTool.withPassword(
          "pg_basebackup -h 127.0.0.1 -U postgres -w -D - -F tar -X fetch -c fast");

  private static final String KEEP =
      """
      set -e
      rm -rf /copy/data
      mkdir /copy/data
      tar -x -C /copy/data
      chmod 700 /copy/data
      chown -R postgres:postgres /copy/data
      sync
      touch /copy/complete
      du -sm /copy/data | cut -f 1
      """;

  /** What was there stays beside it, until the next time. */
  private static final String PUT_BACK =
      """
      set -e
      [ -e /copy/complete ]
      rm -rf "$PGDATA.copy"
      cp -a /copy/data "$PGDATA.copy"
      sync
      if [ -d "$PGDATA" ]; then
        rm -rf "$PGDATA.replaced"
        mv "$PGDATA" "$PGDATA.replaced"
      fi
      mv "$PGDATA.copy" "$PGDATA"
      """;

  private final DockerTool docker;
  private final DockerStack stack;
  private final Place place;
  private final Supplier<Secret> superuser;

  /**
   * Where copies are taken from.
   *
   * @param project the name of the Compose project
   * @param image the database's image
   * @param volume the volume of the live database
   */
  public record Place(String instance, String project, String image, String volume) {}

  /** Copies of that instance's database; the superuser's password is read when it is needed. */
  public VolumeCopies(
      DockerTool docker, DockerStack stack, Place place, Supplier<Secret> superuser) {
    this.docker = docker;
    this.stack = stack;
    this.place = place;
    this.superuser = superuser;
  }

  @Override
  public String take(String name) throws InterruptedException {
    if (names().contains(name)) {
      if (docker.succeeds(helper(name, "test -e /copy/complete").toArray(new String[0]))) {
        return "";
      }
      drop(name);
    }
    docker.run(
        "volume",
        "create",
        "--label",
        INSTANCE + "=" + place.instance(),
        "--label",
        COPY + "=" + name,
        volume(name));
    String megabytes =
        docker.pipe(
            List.of("exec", "-i", "-u", "postgres", stack.container("postgres"), "sh", "-c", TAKE),
            "*:*:*:postgres:" + superuser.get().value() + "\n",
            helper(name, KEEP));
    return megabytes + " MB";
  }

  @Override
  public void putBack(String name) throws InterruptedException {
    if (!names().contains(name)) {
      throw new Problem.Repository(
              "NC-COPY-MISSING",
              "the copy %s of the database is gone".formatted(name),
              "restore a backup")
          .raise();
    }
    String postgres = stack.container("postgres");
    docker.run("stop", "--time", "60", postgres);
    docker.run(
        "run",
        "--rm",
        "--network",
        "none",
        "--user",
        "0",
        "--entrypoint",
        "sh",
        "--volume",
        volume(name) + ":/copy:ro",
        "--volume",
        place.volume() + ":/var/lib/postgresql",
        place.image(),
        "-c",
        PUT_BACK);
    docker.run("start", postgres);
    if (!docker.awaitHealthy(postgres, PATIENCE)) {
      throw new Problem.Unavailable(
              "NC-POSTGRES-FAILED",
              "the database does not start from its copy: " + stack.lastWords(postgres),
              "nanoctl logs postgres")
          .raise();
    }
  }

  @Override
  public void drop(String name) throws InterruptedException {
    docker.run("volume", "rm", "--force", volume(name));
  }

  @Override
  public List<String> names() throws InterruptedException {
    return docker
        .run(
            "volume",
            "ls",
            "--filter",
            "label=" + INSTANCE + "=" + place.instance(),
            "--filter",
            "label=" + COPY,
            "--format",
            "{{.Label \"" + COPY + "\"}}")
        .lines()
        .toList();
  }

  @Override
  public String rehearse(String name, String image) throws InterruptedException {
    return new Rehearsal(docker, place, volume(name), image).run();
  }

  private String volume(String name) {
    return place.project() + "-copy-" + name;
  }

  private List<String> helper(String name, String script) {
    return List.of(
        "run",
        "--rm",
        "-i",
        "--network",
        "none",
        "--user",
        "0",
        "--entrypoint",
        "sh",
        "--volume",
        volume(name) + ":/copy",
        place.image(),
        "-c",
        script);
  }
}
