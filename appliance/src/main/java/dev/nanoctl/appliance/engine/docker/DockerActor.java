package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Actor;
import dev.nanoctl.appliance.AgentProcess;
import dev.nanoctl.appliance.DatabaseSetup;
import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Interruption;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.Performer;
import dev.nanoctl.appliance.Progress;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.engine.docker.project.ProjectSpec;
import dev.nanoctl.appliance.plan.Action;
import dev.nanoctl.appliance.plan.ContainerAction;
import dev.nanoctl.appliance.plan.Supervision;
import dev.nanoctl.appliance.tls.Certificates;
import dev.nanoctl.core.ProblemException;
import dev.nanoctl.core.site.SiteConfig.TlsMode;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries out what concerns containers; the rest is done as for any other instance. */
final class DockerActor implements Actor {
  private final Layout layout;
  private final DockerParts parts;
  private final Performer performer;
  private final Interruption interruption;
  private final Progress progress;

  DockerActor(
      Layout layout,
      DockerParts parts,
      Performer performer,
      Interruption interruption,
      Progress progress) {
    this.layout = layout;
    this.parts = parts;
    this.performer = performer;
    this.interruption = interruption;
    this.progress = progress;
  }

  @Override
  public String perform(Action action) throws IOException, InterruptedException, SQLException {
    return action instanceof ContainerAction own ? contain(own) : performer.perform(action);
  }

  private String contain(ContainerAction action)
      throws IOException, InterruptedException, SQLException {
    return switch (action) {
      case ContainerAction.EnsureImage() -> image();
      case ContainerAction.RenderProject() -> render();
      case ContainerAction.CheckVolumes(boolean dataExpected) -> volumes(dataExpected);
      case ContainerAction.Up(boolean application) -> up(application);
      case ContainerAction.MarkData() -> mark();
      case ContainerAction.CreateDatabase() -> DatabaseSetup.make(site().instance());
      case ContainerAction.MakeBucket() -> bucket();
      case ContainerAction.AwaitHealthy() -> healthy(site().expected());
      case ContainerAction.StopAgent(Supervision supervision) -> stopAgent(supervision);
      case ContainerAction.Stop() -> stop();
      case ContainerAction.Remove(String instance, boolean volumes) -> remove(instance, volumes);
    };
  }

  private DockerSite site() {
    return new DockerSite(
        Instance.find(layout.site()).orElseThrow(),
        new SiteConfigFile(layout.site().config()).load());
  }

  private String image() throws IOException, InterruptedException {
    AppImage images = parts.appImage(layout);
    Optional<String> noted = AppImage.noted(layout).filter(images::exists);
    if (noted.isPresent()) {
      return noted.get();
    }
    String tag = images.make();
    AppImage.note(layout, tag);
    return tag;
  }

  private String render() throws IOException, InterruptedException {
    DockerSite site = site();
    Performer.privateFolder(layout.state().resolve("acme-challenge"));
    Performer.readableFolder(layout.metrics());
    if (site.config().server().tls().mode() != TlsMode.OFF) {
      Certificates.of(layout, site.config(), parts.clock()).prepare();
    }
    var rendered = new RenderedFiles(layout);
    for (var text : site.texts(AppImage.noted(layout).orElseThrow()).entrySet()) {
      Files.createDirectories(text.getKey().getParent());
      rendered.write(text.getKey(), text.getValue());
    }
    return site.project();
  }

  private String volumes(boolean dataExpected) throws IOException {
    DockerSite site = site();
    var volumes = new Volumes(parts.api(), site.instance().id(), site.project());
    volumes.examine();
    if (dataExpected) {
      volumes.requireData(
          AppImage.noted(layout).orElseThrow(), DockerSite.bundledStore(site.config()));
    }
    return "";
  }

  private String up(boolean application) throws InterruptedException {
    DockerSite site = site();
    var containers = new Containers(parts.api(), site.instance().id());
    try {
      Compose compose = site.compose(parts.api());
      if (application) {
        new AppRollout(site, compose, parts, interruption).run(progress::going);
      }
      compose.up(application ? List.of() : DockerSite.DATA, progress::going);
    } catch (ProblemException e) {
      Optional<String> culprit = containers.unhealthy().stream().findFirst();
      if (culprit.isPresent()) {
        throw containers.failed(culprit.get(), "does not become healthy");
      }
      throw e;
    }
    if (!application) {
      var data = new TreeMap<String, Integer>();
      DockerSite.DATA.forEach(service -> data.put(service, 1));
      healthy(data);
    }
    return "";
  }

  private String healthy(Map<String, Integer> expected) throws InterruptedException {
    new Containers(parts.api(), site().instance().id())
        .await(expected, interruption, progress::going);
    return expected.values().stream().mapToInt(Integer::intValue).sum() + " containers";
  }

  private String mark() {
    DockerSite site = site();
    Container postgres =
        parts.api().containers(site.instance().id()).stream()
            .filter(container -> container.service().equals("postgres"))
            .findFirst()
            .orElseThrow();
    new Volumes(parts.api(), site.instance().id(), site.project()).mark(postgres);
    return "";
  }

  private String bucket() {
    DockerSite site = site();
    parts.buckets().ensure(site.instance(), site.config());
    return Endpoints.BUCKET;
  }

  private String stopAgent(Supervision supervision) throws IOException, InterruptedException {
    if (Instance.find(layout.site()).isPresent() && Files.isDirectory(layout.run())) {
      Files.writeString(layout.stopped(), "");
      AgentProcess.stop(layout, supervision);
    }
    return "";
  }

  private String stop() {
    new Containers(parts.api(), site().instance().id()).stop();
    return "";
  }

  private String remove(String instance, boolean volumes) throws IOException {
    new Containers(parts.api(), instance).remove(!volumes);
    if (volumes) {
      new Volumes(parts.api(), instance, ProjectSpec.projectOf(instance)).remove();
      for (String image : AppImage.used(layout)) {
        // the engine refuses it while containers of another instance are made of it
        parts.api().delete("/images/" + image + "?noprune=0");
      }
    }
    return "";
  }

  /** The rendered files as they would be now. */
  static Map<Path, String> texts(DockerSite site) {
    return AppImage.noted(site.instance().layout()).map(site::texts).orElse(Map.of());
  }
}
