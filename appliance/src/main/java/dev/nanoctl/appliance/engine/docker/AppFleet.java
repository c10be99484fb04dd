package dev.nanoctl.appliance.engine.docker;

import dev.nanoctl.appliance.Instance;
import dev.nanoctl.appliance.Layout;
import dev.nanoctl.appliance.RenderedFiles;
import dev.nanoctl.appliance.engine.docker.fleet.DatabaseCopy;
import dev.nanoctl.appliance.engine.docker.fleet.DockerStack;
import dev.nanoctl.appliance.engine.docker.fleet.DockerTool;
import dev.nanoctl.appliance.engine.docker.fleet.Rendering;
import dev.nanoctl.appliance.engine.docker.fleet.Rotations;
import dev.nanoctl.appliance.engine.docker.fleet.VolumeCopies;
import dev.nanoctl.appliance.engine.docker.project.Project;
import dev.nanoctl.appliance.fleet.Fleet;
import dev.nanoctl.appliance.fleet.LiveSchema;
import dev.nanoctl.appliance.fleet.Rolling;
import dev.nanoctl.appliance.fleet.Rotator;
import dev.nanoctl.appliance.fleet.Stack;
import dev.nanoctl.appliance.plan.Release;
import dev.nanoctl.appliance.plan.SecretNames;
import dev.nanoctl.core.Problem;
import dev.nanoctl.core.site.SiteConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Everything that changing the app's containers of one instance needs, put together. */
public final class AppFleet {
  private AppFleet() {}

  /** What a fleet of that instance works with. */
  public static Fleet.Parts of(Instance instance, DockerParts parts) {
    DockerTool docker = docker();
    Layout layout = instance.layout();
    var site = new DockerSite(instance, new SiteConfigFile(layout.site().config()).load());
    AppImage images = parts.appImage(layout);
    DockerStack stack = stack(site, docker, images);
    var place =
        new VolumeCopies.Place(
            instance.id(),
            site.project(),
            DockerSite.images(layout).of("postgres").reference(),
            site.project() + "-postgres");
    var copies =
        new VolumeCopies(docker, stack, place, () -> instance.secret(SecretNames.POSTGRES));
    return new Fleet.Parts(
        stack,
        copies,
        new LiveSchema(instance::database),
        new Fleet.Known(installed(layout), program(images, parts.version())));
  }

  /** What rotations of that instance's secrets work with. */
  public static Rotator.Parts rotations(Instance instance, DockerParts parts) {
    DockerTool docker = docker();
    Layout layout = instance.layout();
    var site = new DockerSite(instance, new SiteConfigFile(layout.site().config()).load());
    DockerStack stack = stack(site, docker, parts.appImage(layout));
    return new Rotator.Parts(
        Rotations.of(instance, docker, stack, DockerSite.bundledStore(site.config())),
        (promoted, apps, interrupted) ->
            new Rolling(stack, interrupted)
                .renew(
                    AppImage.noted(layout).orElseThrow(),
                    apps,
                    container -> !container.created().isBefore(promoted)),
        site.config().docker().apps());
  }

  /** What fills that instance's database from another server. */
  static DatabaseCopy databaseCopy(Instance instance, DockerParts parts) {
    DockerTool docker = docker();
    Layout layout = instance.layout();
    var site = new DockerSite(instance, new SiteConfigFile(layout.site().config()).load());
    return new DatabaseCopy(
        docker,
        stack(site, docker, parts.appImage(layout)),
        DockerSite.images(layout).of("postgres").reference());
  }

  static DockerTool docker() {
    return DockerTool.find()
        .orElseThrow(() ->
            new Problem.Unavailable(
                    "NC-DOCKER-PROGRAM",
                    "there is no program docker on this machine",
                    "install it with its compose plugin")
                .raise());
  }

  /** The containers of the app, as a whole. */
  static Stack stack(DockerSite site, DockerParts parts) {
    return stack(site, docker(), parts.appImage(site.instance().layout()));
  }

  private static DockerStack stack(DockerSite site, DockerTool docker, AppImage images) {
    return new DockerStack(
        docker,
        site.project(),
        site.folder().resolve(Project.COMPOSE),
        rendering(site.instance(), images));
  }

  /** The image of the installation, whose tag begins with its version. */
  private static Release installed(Layout layout) {
    String image = AppImage.noted(layout).orElse("");
    return new Release(image, image.substring(image.indexOf(':') + 1), "");
  }

  private static Release program(AppImage images, String version) {
    try {
      return new Release(images.tag(), version, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rendering rendering(Instance instance, AppImage images) {
    return new Rendering() {
      @Override
      public void use(String image) throws IOException {
        Layout layout = instance.layout();
        AppImage.note(layout, image);
        // the number of containers may have changed since
        var site = new DockerSite(instance, new SiteConfigFile(layout.site().config()).load());
        var rendered = new RenderedFiles(layout);
        for (Map.Entry<Path, String> text : site.texts(image).entrySet()) {
          Files.createDirectories(text.getKey().getParent());
          rendered.write(text.getKey(), text.getValue());
        }
      }

      @Override
      public void build(String image) throws IOException, InterruptedException {
        AppImage.remember(instance.layout(), image);
        if (!images.exists(image)) {
          images.make();
        }
      }
    };
  }
}
