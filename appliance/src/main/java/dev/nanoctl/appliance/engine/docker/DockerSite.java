package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.engine.docker.project.Images;
import dev.nanoctl.appliance.engine.docker.project.Project;
import dev.nanoctl.appliance.engine.docker.project.ProjectSpec;
import dev.nanoctl.appliance.process.OsAccount;
import dev.nanoctl.core.site.ByteSize;
import dev.nanoctl.core.site.ConfigText;
import dev.nanoctl.core.site.SiteConfig;
import dev.nanoctl.core.site.SiteConfig.ObjectsKind;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an instance's Compose project is made of: its configuration, its images, its ports. */
public record DockerSite(Instance instance, SiteConfig config) {
  /** The services that keep what people made, which start before the application. */
  public static final List<String> DATA =
      List.of(
          "postgres",
          Endpoints.REDIS_CACHE,
          Endpoints.REDIS_STATE,
          Endpoints.SEARCH,
          Endpoints.OBJECTS);

  /** The volumes that data are in; the rest can be made anew from them. */
  public static final List<String> VOLUMES =
      List.of("postgres", "objects", "redis-state", "search", "answers");

  /** Where the database keeps its files, in its container. */
  static final String DATABASE_FOLDER = "/var/lib/postgresql";

  /** What the keys begin with that say nothing to a container of the app. */
  private static final List<String> NOT_THE_APPS =
      List.of(
          "backup.",
          "docker.apps",
          "docker.autoscale.",
          "docker.profile",
          "drill.",
          "log.file",
          "postgres.",
          "server.memory");

  /** A heap is so much of what its container may take, in percent. */
  private static final int HEAP_SHARE = 60;

  /** The Compose project's name. */
  public String project() {
    return ProjectSpec.projectOf(instance.id());
  }

  /** Where the rendered project lies. */
  public Path folder() {
    return instance.layout().root().resolve("docker");
  }

  /** Compose for this project. */
  public Compose compose(DockerApi api) {
    return new Compose(project(), folder().resolve(Project.COMPOSE), api.host());
  }

  /** Whether packages are kept in the store of the instance itself. */
  public static boolean bundledStore(SiteConfig config) {
    return config.objects().store() != ObjectsKind.S3;
  }

  /** The images of all services; the site's own file {@code images.yml} may replace any. */
  public static Images images(Layout layout) {
    Path own = layout.images();
    try {
      return Files.exists(own)
          ? Images.bundled().with(own.toString(), Files.readString(own))
          : Images.bundled();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many containers of each service should run. */
  public Map<String, Integer> expected() {
    var expected = new LinkedHashMap<String, Integer>();
    for (String service : images(instance.layout()).in(config.docker().profile())) {
      expected.put(service, service.equals("app") ? config.docker().apps() : 1);
    }
    return expected;
  }

  /** What is rendered, by file, when the application runs from that image. */
  public Map<Path, String> texts(String image) {
    var texts = new LinkedHashMap<Path, String>();
    Project.render(spec(image)).forEach((name, text) -> texts.put(folder().resolve(name), text));
    return texts;
  }

  private ProjectSpec spec(String image) {
    SiteConfig.Server server = config.server();
    OsAccount owner = OsAccount.current();
    return new ProjectSpec(
        instance.id(),
        config.docker().profile(),
        new ProjectSpec.Web(
            server.bind(),
            config.docker().httpPort(),
            config.docker().httpsPort(),
            server.tls().mode() != TlsMode.OFF),
        new ProjectSpec.App(image, config.docker().apps(), memory(), configText()),
        images(instance.layout()),
        new ProjectSpec.Host(
            instance.ports().byService(),
            owner.uid(),
            owner.gid(),
            config.postgres(),
            config.docker().alerts()));
  }

  private Optional<ByteSize> memory() {
    return config
        .server()
        .memory()
        .map(heap -> ByteSize.megabytes((heap.bytes() >> 20) * 100 / HEAP_SHARE));
  }

  /** Every key of a configuration that is set and that the app's containers read, a line each. */
  static String appConfig(ConfigText text) {
    return text.values().entrySet().stream()
        .filter(entry -> NOT_THE_APPS.stream().noneMatch(entry.getKey()::startsWith))
        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private String configText() {
    try {
      return appConfig(new ConfigText(Files.readString(instance.layout().site().config())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
